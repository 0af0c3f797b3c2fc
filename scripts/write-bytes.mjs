// Writes a wasm file as a JavaScript module, for the entry that carries its bytes with it.
import { readFileSync, writeFileSync } from "node:fs";
import { decode, encode } from "../js/inline.js";

const [wasm, target] = process.argv.slice(2);
const bytes = readFileSync(wasm);
const inlined = encode(bytes);
if (!bytes.equals(decode(inlined))) throw new Error(`${wasm} does not come back from its text as it was`);
const members = Object.entries(inlined).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
writeFileSync(target, members.join(""));
