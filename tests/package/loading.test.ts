/** The packed package loads in every place that it promises, and is the same core there. */

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { unstable_startWorker as startWorker } from "wrangler";
import { titleOf } from "./support/chromium.ts";
import { installedProject } from "./support/installed.ts";

const project = installedProject();
const installed = join(project.folder, "node_modules/wa-preflight");

/** A definition with one fault, and a template that builds: both sides of the core have to answer. */
const script = `
const report = checkTemplate({ language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "Hello." }] });
using template = new Template({ name: "hello", language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "Hello {{1}}, your order is on its way.", example: { body_text: [["Ana"]] } }] });
const body = JSON.parse(template.build({ to: "+33612345678", values: { "body.1": "Ana" } })).template.components[0].parameters[0].text;
const answer = report.diagnostics.map(({ code }) => code).join() + " " + body;
`;
const answer = "name-required Ana";
const names = "{ checkTemplate, Template }";

test("Node imports it", () => {
  project.write("esm.js", `import ${names} from "wa-preflight";${script}console.log(answer);`);
  assert.equal(project.run("esm.js"), `${answer}\n`);
});

test("Node requires it", () => {
  project.write("required.cjs", `const ${names} = require("wa-preflight");${script}console.log(answer);`);
  assert.equal(project.run("required.cjs"), `${answer}\n`);
});

test("Node imports and requires the server's part alone", () => {
  const line =
    'verifyWebhook(new Uint8Array(), "sha256=", []).then((valid) => console.log(valid, typeof sendMessage));';
  project.write("edge.js", `import { sendMessage, verifyWebhook } from "wa-preflight/edge";${line}`);
  project.write("edge.cjs", `const { sendMessage, verifyWebhook } = require("wa-preflight/edge");${line}`);
  assert.equal(project.run("edge.js"), "false function\n");
  assert.equal(project.run("edge.cjs"), "false function\n");
});

test("the slim entry starts from bytes, and says what to do when it was not started", () => {
  project.write(
    "slim.js",
    `import { readFileSync } from "node:fs";
     import { fileURLToPath } from "node:url";
     import { checkTemplate, Template, initSync } from "wa-preflight/slim";
     try { checkTemplate({}); } catch (error) { console.log(error.message); }
     initSync(readFileSync(fileURLToPath(import.meta.resolve("wa-preflight/core.wasm"))));
     ${script}console.log(answer);`,
  );
  assert.equal(
    project.run("slim.js"),
    `the core is not started: call \`await init(source)\` of wa-preflight/slim first\n${answer}\n`,
  );
});

test("TypeScript finds the types of every entry", () => {
  const file = project.write(
    "typed.ts",
    `import { checkTemplate, type Report } from "wa-preflight";
     import { verifyWebhook } from "wa-preflight/edge";
     import { init } from "wa-preflight/slim";
     const report: Report = checkTemplate("{}");
     const valid: Promise<boolean> = verifyWebhook(new Uint8Array(), null, []);
     const started: Promise<void> = init("core.wasm");
     // @ts-expect-error: a report has no such field
     report.nonsense;
     export { valid, started };`,
  );
  const compiler = new URL("../../node_modules/typescript/bin/tsc", import.meta.url).pathname;
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ] as const) {
    const options = ["--noEmit", "--strict", "--lib", "esnext,dom,esnext.disposable", "--module", module];
    project.run(compiler, ...options, "--moduleResolution", moduleResolution, file);
  }
});

test("wrangler bundles it, and workerd runs it", async () => {
  const entrypoint = project.write(
    "worker.js",
    `import ${names} from "wa-preflight";
     import { verifyWebhook } from "wa-preflight/edge";
     export default { async fetch() {
       ${script}
       return new Response(answer + " " + (await verifyWebhook(new Uint8Array(), null, ["secret"])));
     } };`,
  );
  const worker = await startWorker({
    name: "loading",
    entrypoint,
    compatibilityDate: "2026-11-01",
    config: project.write("wrangler.json", '{ "name": "loading", "compatibility_date": "2026-11-01" }'),
    dev: { server: { hostname: "127.0.0.1", port: 0 }, inspector: false, logLevel: "error" },
  });
  try {
    const response = await worker.fetch("http://localhost/");
    assert.equal(await response.text(), `${answer} false`);
  } finally {
    await worker.dispose();
  }
});

test("esbuild bundles it for Chromium", async () => {
  const folder = page("esbuild");
  await esbuild({
    entryPoints: [project.write("browser.js", `import ${names} from "wa-preflight";${script}document.title = answer;`)],
    bundle: true,
    minify: true,
    format: "esm",
    // Older browsers know no \`using\`; the bundle has to run there, too.
    target: "es2022",
    outfile: join(folder, "main.js"),
    logLevel: "silent",
  });
  assert.equal(await titleOf(folder), answer);
});

test("Vite bundles it for Chromium", async () => {
  const root = page("vite");
  writeFileSync(join(root, "main.js"), `import ${names} from "wa-preflight";${script}document.title = answer;`);
  await vite({ root, configFile: false, logLevel: "silent", build: { outDir: "dist" } });
  assert.equal(await titleOf(join(root, "dist")), answer);
});

test("the slim entry streams its wasm in Chromium", async () => {
  const folder = page("slim");
  copyFileSync(join(installed, "core.wasm"), join(folder, "core.wasm"));
  await esbuild({
    stdin: {
      contents: `import { checkTemplate, Template, init } from "wa-preflight/slim";
        await init("core.wasm");${script}document.title = answer;`,
      resolveDir: project.folder,
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    outfile: join(folder, "main.js"),
    logLevel: "silent",
  });
  assert.ok(readFileSync(join(folder, "main.js")).length < 60_000, "the slim bundle carries no wasm");
  assert.equal(await titleOf(folder), answer);
});

test("the tarball holds what the manifest promises, and nothing else", () => {
  const files = readdirSync(installed, { recursive: true }).map(String).sort();
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const promised = JSON.stringify(manifest.exports).match(/"\.\/[^"]+\.[a-z.]+"(?=[,}])/g) ?? [];
  assert.ok(promised.length >= 12, "the manifest names its files");
  for (const path of promised) assert.ok(existsSync(join(installed, JSON.parse(path))), `${path} is missing`);
  const stray = files.filter(
    (name) =>
      !/\.(js|d\.ts)$|^(core\.wasm|docs|docs\/rules\.md|rules\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE-(MIT|APACHE))$/.test(
        name,
      ),
  );
  assert.deepEqual(stray, []);
  for (const name of ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"])
    assert.ok(files.includes(name), `${name} is missing`);
});

/** A folder with a page that loads /main.js. */
function page(name: string): string {
  const folder = join(project.folder, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><html lang="en"><head><title></title><script type="module" src="./main.js"></script></head></html>\n',
  );
  return folder;
}
