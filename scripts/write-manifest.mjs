// Completes pkg.json with the crate's version and writes it to pkg/package.json, so that one file owns the version.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const cargo = readFileSync(new URL("Cargo.toml", root), "utf8");
const version = /^\[package\][^[]*?^version = "([^"]+)"/ms.exec(cargo)?.[1];
if (version === undefined) throw new Error("Cargo.toml has no version in its [package] section");

const { name, ...rest } = JSON.parse(readFileSync(new URL("pkg.json", root), "utf8"));
const text = `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`;
const target = new URL("pkg/package.json", root);
mkdirSync(new URL("pkg/", root), { recursive: true });
let current;
try {
  current = readFileSync(target, "utf8");
} catch {
  current = undefined;
}
// Left alone when nothing changed: its timestamp is an input of other tools.
if (current !== text) writeFileSync(target, text);
