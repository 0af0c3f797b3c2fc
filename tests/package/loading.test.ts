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

const slimHead = `import { readFileSync } from "node:fs";
  import { fileURLToPath } from "node:url";
  import { checkTemplate, Template, init, initSync } from "wa-preflight/slim";
  const bytes = (name) => readFileSync(fileURLToPath(import.meta.resolve("wa-preflight/" + name)));
  const attempt = (work) => { try { work(); } catch (error) { console.log(error.message); } };`;
const noCore = "the core is not started: call `await init(source)` of wa-preflight/slim first";
const noMessage =
  "message.wasm is not started, and everything but checkTemplate and applyFix needs it: call `await init(core, message)` " +
  'of wa-preflight/slim first, as in `await init("/core.wasm", "/message.wasm")`';

test("the slim entry starts from bytes, each module for itself, and says what to do when one was not started", () => {
  project.write(
    "slim.js",
    `${slimHead}
     attempt(() => checkTemplate({}));
     attempt(() => new Template({}));
     initSync(bytes("core.wasm"));
     console.log(checkTemplate({}).ok);
     attempt(() => new Template({}));
     initSync(bytes("core.wasm"), bytes("message.wasm"));
     ${script}console.log(answer);`,
  );
  assert.equal(project.run("slim.js"), `${[noCore, noMessage, false, noMessage, answer].join("\n")}\n`);
});

test("the slim entry looks for message.wasm beside core.wasm, and tells where it looked when it is needed", () => {
  project.write(
    "beside.js",
    `${slimHead}
     import { createServer } from "node:http";
     const asked = [];
     const server = createServer(({ url }, response) => {
       asked.push(url);
       const name = /^\\/all\\/(.*)\\?v=1$/.exec(url)?.[1] ?? (url === "/alone/core.wasm" ? "core.wasm" : undefined);
       if (name === undefined) return response.writeHead(404).end();
       response.writeHead(200, { "content-type": "application/wasm" }).end(bytes(name));
     }).listen(0, "127.0.0.1", async () => {
       const base = "http://127.0.0.1:" + server.address().port;
       await init(fetch(base + "/alone/core.wasm"));
       console.log(checkTemplate({}).ok);
       attempt(() => new Template({}));
       await init(new URL(base + "/all/core.wasm?v=1"));
       ${script}console.log(answer);
       console.log(asked.join(" ").replaceAll(base, ""));
       server.close();
       server.closeAllConnections();
     });`,
  );
  assert.match(
    project.run("beside.js"),
    new RegExp(
      "^false\nmessage\\.wasm could not be loaded from http\\S+/alone/message\\.wasm: say where it is, " +
        `\`await init\\(core, message\\)\`\n${answer}\n/alone/core.wasm /alone/message.wasm /all/message.wasm\\?v=1\n$`,
    ),
  );
});

test("the slim entry does without message.wasm, and refuses what leads to no wasm", () => {
  project.write(
    "without.js",
    `${slimHead}
     const refused = (promise) => promise.then(() => console.log("started"), (error) => console.log(error.name));
     await refused(init());
     attempt(() => initSync("core.wasm"));
     attempt(() => initSync(bytes("core.wasm"), {}));
     await refused(init(bytes("core.wasm"), bytes("rules.json")));
     await init(new WebAssembly.Module(bytes("core.wasm")), false);
     console.log(checkTemplate({}).ok);
     attempt(() => new Template({}));`,
  );
  assert.equal(
    project.run("without.js"),
    `${[
      "TypeError",
      "`core` must be core.wasm's bytes or a compiled module",
      "`message` must be message.wasm's bytes or a compiled module",
      "CompileError",
      false,
      noMessage,
    ].join("\n")}\n`,
  );
});

test("a start of the slim entry that failed leaves nothing behind for the next", () => {
  project.write(
    "again.js",
    `${slimHead}
     import { createServer } from "node:http";
     const refused = (promise) => promise.then(() => console.log("started"), (error) => console.log(error.message));
     // A second failure that nobody heard of would end the process.
     await refused(init(Promise.reject(new Error("core")), Promise.reject(new Error("message"))));
     await refused(init(bytes("rules.json"), bytes("core.wasm")).catch(() => { throw new Error("swapped"); }));
     const server = createServer(({ url }, response) => {
       const name = /^\\/right\\/(.*)$/.exec(url)?.[1];
       // What is missing is told last.
       if (name === undefined) return setTimeout(() => response.writeHead(404).end(), url.includes("message") ? 200 : 0);
       response.writeHead(200, { "content-type": "application/wasm" }).end(bytes(name));
     }).listen(0, "127.0.0.1", async () => {
       const base = "http://127.0.0.1:" + server.address().port;
       await refused(init(base + "/wrong/core.wasm").catch(() => { throw new Error("not there"); }));
       await refused(init(base + "/right/core.wasm"));
       ${script}console.log(answer);
       server.close();
       server.closeAllConnections();
     });`,
  );
  assert.equal(project.run("again.js"), `core\nswapped\nnot there\nstarted\n${answer}\n`);
});

test("Node reads a module when it is needed, not before", () => {
  project.write(
    "lazy.js",
    `import fs from "node:fs";
     import { syncBuiltinESMExports } from "node:module";
     const read = fs.readFileSync;
     const names = [];
     fs.readFileSync = (path, ...rest) => {
       if (String(path).endsWith(".wasm")) names.push(String(path).split("/").pop());
       return read(path, ...rest);
     };
     syncBuiltinESMExports();
     const { checkTemplate, limits, rules, sanitizeText } = await import("wa-preflight");
     console.log(rules().length > 100, limits().length > 30, names.join());
     checkTemplate({});
     console.log(names.join());
     sanitizeText("a");
     console.log(names.join());`,
  );
  assert.equal(project.run("lazy.js"), "true true \ncore.wasm\ncore.wasm,message.wasm\n");
});

test("TypeScript finds the types of every entry", () => {
  const file = project.write(
    "typed.ts",
    `import { checkTemplate, classifyResponse, Template, type Report } from "wa-preflight";
     import { verifyWebhook } from "wa-preflight/edge";
     import { init } from "wa-preflight/slim";
     const report: Report = checkTemplate("{}");
     const valid: Promise<boolean> = verifyWebhook(new Uint8Array(), null, []);
     const started: Promise<void> = init("core.wasm");
     const both: Promise<void> = init(fetch("core.wasm"), new Uint8Array());
     const without: Promise<void> = init("core.wasm", false);
     // What a batch gives is given on as it is.
     const template = new Template("{}");
     const blob = new Blob([template.buildBatch("").payloads]);
     const packed = blob.stream().pipeThrough(template.batchStream()).pipeThrough(new CompressionStream("gzip"));
     // As Node's http has it, where any answer may lack a status.
     declare const answer: { statusCode?: number | undefined; headers: { [name: string]: string | string[] | undefined } };
     classifyResponse({ status: answer.statusCode, headers: answer.headers });
     // @ts-expect-error: a report has no such field
     report.nonsense;
     export { both, packed, started, valid, without };`,
  );
  const compiler = new URL("../../node_modules/typescript/bin/tsc", import.meta.url).pathname;
  for (const [module, moduleResolution, lib] of [
    ["nodenext", "nodenext", "esnext,dom,esnext.disposable"],
    ["esnext", "bundler", "es2022,dom"],
  ] as const) {
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--lib", lib, "--module", module];
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
  for (const name of ["core.wasm", "message.wasm"]) copyFileSync(join(installed, name), join(folder, name));
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
  assert.ok(readFileSync(join(folder, "main.js")).length < 120_000, "the slim bundle carries no wasm");
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
      !/\.(js|d\.ts)$|^((core|message)\.wasm|docs|docs\/rules\.md|rules\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE-(MIT|APACHE))$/.test(
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
