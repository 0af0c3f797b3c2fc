// Adds up the JSON reports of vitest and Playwright in a folder and prints `N passed, N failed`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const names = readdirSync(folder).sort();
// Without such a suite there is nothing to count: the other summaries stand for themselves.
if (names.length === 0) process.exit();

let passed = 0;
let failed = 0;

for (const name of names) {
  const report = JSON.parse(readFileSync(join(folder, name), "utf8"));
  if (name.startsWith("vitest")) {
    passed += report.numPassedTests;
    // A file that does not even load has no tests of its own to count.
    failed += report.numFailedTests || (report.success ? 0 : 1);
  } else if (name.startsWith("playwright")) {
    passed += report.stats.expected + report.stats.flaky;
    failed += report.stats.unexpected || (report.errors.length > 0 ? 1 : 0);
  }
}
console.log(`${passed} passed, ${failed} failed`);
