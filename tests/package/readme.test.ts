/** The README's examples are run as they stand, against the packed package; their output is what the README shows. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { installedProject } from "./support/installed.ts";

test("the examples print what the README says", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g)];
  assert.equal(examples.length, 2, "README.md has `js` blocks and, after each, a `text` block with its output");
  const project = installedProject();
  for (const [, example = "", output] of examples) {
    assert.ok(example.trim().split("\n").length <= 16, "an example stays short");
    project.write("example.js", example);
    assert.equal(project.run("example.js"), output);
  }
});
