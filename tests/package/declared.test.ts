/** The hand-written declarations and the modules export the same names. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as edge from "wa-preflight/edge";
import * as main from "wa-preflight";
import * as slim from "wa-preflight/slim";

const declaredIn = (name: string): string[] => {
  const text = readFileSync(new URL(`../../pkg/${name}.d.ts`, import.meta.url), "utf8");
  return [...text.matchAll(/^export (?:function|class|const) (\w+)/gm)].map((match) => match[1] ?? "");
};
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

test("the main entry", () => assert.deepEqual(sorted(Object.keys(main)), sorted(declaredIn("index"))));

test("the server's entry", () => assert.deepEqual(sorted(Object.keys(edge)), sorted(declaredIn("edge"))));

test("the slim entry", () => {
  assert.deepEqual(sorted(Object.keys(slim)), sorted([...declaredIn("index"), ...declaredIn("slim")]));
});

test("every member of Template is declared, and none is missing", () => {
  const text = readFileSync(new URL("../../pkg/index.d.ts", import.meta.url), "utf8");
  const body = /export class Template[^{]*\{([\s\S]*?)\n\}/.exec(text)?.[1] ?? "";
  const declared = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map((match) => match[1] ?? "");
  assert.deepEqual(sorted(declared), sorted(Object.getOwnPropertyNames(main.Template.prototype)));
});
