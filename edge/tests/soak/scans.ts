/** What is looked for afterwards: secrets and people in the logs, words that no dictionary has. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digits, type Ours } from "./compare.ts";

const DICTIONARY = join(import.meta.dirname, "..", "..", "..", "docs", "delivery.md");
/** A recipient's number without its country code: long enough to be no accident in an id. */
const NATIONAL = 10;

/** Every secret, recipient or value that stands in what the Worker printed; the matches themselves are not repeated. */
export function leaks(output: string, words: Record<string, string[]>, recipients: string[]): string[] {
  const found: string[] = [];
  for (const [what, secrets] of Object.entries(words)) {
    const count = secrets.filter((secret) => output.includes(secret)).length;
    if (count > 0) found.push(`${count} × ${what}`);
  }
  const known = new Set(recipients.map((to) => digits(to).slice(-NATIONAL)));
  let numbers = 0;
  for (const [run] of output.matchAll(/\d{10,}/g)) {
    for (let at = 0; at + NATIONAL <= run.length; at += 1) if (known.has(run.slice(at, at + NATIONAL))) numbers += 1;
  }
  if (numbers > 0) found.push(`${numbers} × a recipient's number`);
  return found;
}

/** Every state and reason that a row or its timeline shows and docs/delivery.md does not have. */
export function unknownWords(rows: Ours[]): string[] {
  const text = readFileSync(DICTIONARY, "utf8");
  const dictionary = { state: wordsOf(text, "## States"), reason: wordsOf(text, "## Reasons") };
  const unknown = new Set<string>();
  for (const row of rows) {
    // Entries without a state (an alert, a person's note) are about the sender, and have words of their own.
    for (const said of [row, ...row.timeline.filter(({ state }) => state !== undefined)]) {
      for (const kind of ["state", "reason"] as const) {
        if (!dictionary[kind].has(said[kind])) unknown.add(`${kind} ${said[kind]}`);
      }
    }
  }
  return [...unknown];
}

/** The first column of the table under this heading. */
function wordsOf(text: string, heading: string): Set<string> {
  const section = text.split(`\n${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const words = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, word]) => word ?? "");
  if (words.length === 0) throw new Error(`docs/delivery.md has no words under ${heading}`);
  return new Set(words);
}
