// For those who serve the wasm themselves: small, cached and compiled while it streams, at the price of an init().
import { core } from "./core.js";
import { message } from "./message-core.js";

export * from "./api.js";

export async function init(coreSource, messageSource) {
  const [source, beside] = await all([coreSource, messageSource]);
  if (source === undefined || source === null)
    throw new TypeError("`core` must lead to core.wasm: a URL, a Response, its bytes or a compiled module");
  await all([core.start(source), startMessage(beside, source)]);
}

/**
 * Waits for everything, then fails with the first that failed: what is still under way would meet the next init, and
 * nobody would hear what became of it.
 * @param {unknown[]} promises
 */
async function all(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results.map(({ value }) => value);
}

async function startMessage(source, coreSource) {
  if (source === false) return;
  if (source !== undefined && source !== null) return message.start(source);
  const url = besideCore(coreSource);
  if (url === undefined) return;
  try {
    await message.start(url);
  } catch (cause) {
    // Nobody asked for it by name: who only judges definitions may well serve core.wasm alone.
    message.comesFrom(() => {
      throw new Error(`message.wasm could not be loaded from ${url}: say where it is, \`await init(core, message)\``, {
        cause,
      });
    });
  }
}

/** Where message.wasm is when it lies beside core.wasm, as in this package. */
function besideCore(source) {
  const url = typeof source === "string" ? source : (source.href ?? source.url);
  const beside = typeof url === "string" ? url.replace(/\bcore\.wasm(?=$|[?#])/, "message.wasm") : url;
  return beside === url ? undefined : beside;
}

export function initSync(coreModule, messageModule) {
  moduleFrom("core", coreModule);
  if (messageModule !== undefined) moduleFrom("message", messageModule);
  core.startSync(coreModule);
  if (messageModule !== undefined) message.startSync(messageModule);
}

function moduleFrom(name, module) {
  if (!(module instanceof WebAssembly.Module || module instanceof ArrayBuffer || ArrayBuffer.isView(module)))
    throw new TypeError(`\`${name}\` must be ${name}.wasm's bytes or a compiled module`);
}
