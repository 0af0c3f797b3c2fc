/** The README's example is run as it stands, against the packed package; its output is what the README shows. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { installedProject } from "./support/installed.ts";

test("the example prints what the README says", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const match = /```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(readme);
  assert.ok(match, "README.md has a `js` block and, after it, a `text` block with its output");
  const [, example = "", output] = match;
  assert.ok(example.trim().split("\n").length <= 16, "the example stays short");
  const project = installedProject();
  project.write("example.js", example);
  assert.equal(project.run("example.js"), output);
});
