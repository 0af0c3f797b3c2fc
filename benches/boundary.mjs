// Which way across the boundary is faster: decides docs/decisions/0001-boundary.md.
// usage: node benches/boundary.mjs <folder with the bench build's glue.js and core.wasm>
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { unpack } from "../pkg/unpack.js";
import { measure, print } from "./measure.mjs";
import { definitions } from "./samples.mjs";

const folder = pathToFileURL(`${resolve(process.argv[2] ?? ".")}/`);
const core = await import(new URL("glue.js", folder).href);
core.initSync({ module: readFileSync(new URL("core.wasm", folder)) });
const options = '{"now":0}';

for (const [name, definition] of Object.entries(definitions)) {
  const text = JSON.stringify(definition);
  const report = () => unpack(core.check_template(text, false, options));
  const { diagnostics } = report();
  print(
    `out: the report on the ${name} definition (${text.length} characters, ${diagnostics.length} diagnostics)`,
    measure({
      "text, unpacked, as the package does": report,
      "the same, and its measures looked at": () => report().measures,
      "text, not unpacked": () => core.check_template(text, false, options),
      "the check alone, report dropped": () => core.check_template_and_drop(text, false, options),
    }),
  );
  print(
    `in: the ${name} definition as an object, its report included`,
    measure({
      "JSON.stringify and text, as the package does": () =>
        core.check_template(JSON.stringify(definition), false, options),
    }),
  );
}
