/**
 * The sandbox must know nothing of the product that it checks: no file of it may reach outside its own folder, and no
 * package may be imported but Node's own.
 */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOM = fileURLToPath(new URL("..", import.meta.url));

/** Every way to name a module: import, export … from, import(), require(), new URL(…, import.meta.url). */
const REFERENCES = [
  /\b(?:import|export)\s[^;"'`]*?\bfrom\s*(["'])(.+?)\1/g,
  /\bimport\s*(["'])(.+?)\1/g,
  /\b(?:import|require|createRequire|resolve)\s*\(\s*(["'`])(.+?)\1/g,
  /\bnew URL\(\s*(["'`])(.+?)\1\s*,\s*import\.meta\.url/g,
];

function referencesIn(source: string): string[] {
  return REFERENCES.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[2] ?? ""));
}

/** What is wrong with one reference, or null. */
function complaint(file: string, reference: string): string | null {
  if (reference.startsWith("node:"))
    return builtinModules.includes(reference.slice(5)) || reference === "node:test" ? null : "no module of Node";
  if (!reference.startsWith(".")) return "a package, not a file of this room";
  const target = resolve(dirname(file), reference);
  const inside = relative(ROOM, target);
  if (inside.startsWith("..")) return "outside the room";
  return existsSync(target) ? null : "no such file";
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .map((name) => join(folder, name));
}

const SOURCES = sourceFiles(join(ROOM, "src"));

test("every import of the sandbox stays in the sandbox", () => {
  assert.ok(SOURCES.length > 15, "the walk found the sources");
  let seen = 0;
  for (const file of SOURCES) {
    for (const reference of referencesIn(readFileSync(file, "utf8"))) {
      seen++;
      assert.equal(complaint(file, reference), null, `${relative(ROOM, file)} imports ${reference}`);
    }
  }
  assert.ok(seen > 50, "the walk found the imports");
});

test("no module name is computed", () => {
  for (const file of SOURCES) {
    const computed = readFileSync(file, "utf8").match(/\b(?:import|require)\s*\(\s*(?!["'`])[^)]*\)/g);
    assert.deepEqual(computed, null, relative(ROOM, file));
  }
});

test("package.json names no dependency at run time, and nothing of the product at all", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOM, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  assert.equal(dependencies, undefined);
  assert.ok(Object.keys(devDependencies ?? {}).every((name) => !name.includes("wa-preflight")));
});

test("the walk would see a breach", () => {
  const file = join(ROOM, "src", "server.ts");
  for (const [line, why] of [
    ['import { Template } from "wa-preflight";', "a package"],
    ["import 'wa-preflight/edge';", "a package"],
    ['export * from "../../js/node.js";', "outside"],
    ["const core = await import('../../pkg/index.js');", "outside"],
    ["const core = require(`../../src/wasm`);", "outside"],
    ['import {\n  a,\n  b,\n} from "../../pkg/x.js";', "outside"],
    ['readFileSync(new URL("../../pkg/core.wasm", import.meta.url))', "outside"],
  ] as const) {
    const [reference] = referencesIn(line);
    assert.ok(reference, line);
    assert.match(complaint(file, reference) ?? "nothing", new RegExp(why), line);
  }
});
