// Writes a wasm file as a JavaScript module, for the entry that carries its bytes with it.
import { readFileSync, writeFileSync } from "node:fs";

const [wasm, target] = process.argv.slice(2);
writeFileSync(target, `export const base64 = "${readFileSync(wasm).toString("base64")}";\n`);
