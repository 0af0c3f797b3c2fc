// Two small pieces for servers: one POST to the Graph API, and the check of a webhook's signature. The same file
// everywhere: whoever has a Template to send has started its wasm.
import { objectFrom, rawBytesFrom, stringFrom } from "./arguments.js";
import { joined } from "./batch.js";
import { classifyResponse } from "./message.js";
import { Template } from "./template.js";

const DEFAULT_ENDPOINT = "https://graph.facebook.com";
const DEFAULT_GRAPH_VERSION = "v25.0";
const DEFAULT_TIMEOUT_MS = 30_000;
// An answer of the Graph API has a few hundred bytes; what is longer is a proxy's page and needs no reading to the end.
const MAX_ANSWER_BYTES = 256 * 1024;

export async function sendMessage(template, message, options) {
  if (!(template instanceof Template)) throw new TypeError("`template` must be a Template of wa-preflight");
  const { url, token, fetch, timeoutMs } = requestFrom(options);
  const payload = template.build(message);
  return classifyResponse(await post(url, token, payload, fetch, timeoutMs));
}

/** Checks everything that could make fetch itself throw: after this, an exception means the network. */
function requestFrom(options) {
  const {
    phoneNumberId,
    token,
    graphVersion = DEFAULT_GRAPH_VERSION,
    endpoint = DEFAULT_ENDPOINT,
    fetch = globalThis.fetch,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  } = objectFrom("options", options);
  if (!/^\d+$/.test(stringFrom("phoneNumberId", phoneNumberId)))
    throw new TypeError("`phoneNumberId` must be digits: the id of the number, not the number");
  // Never echoed: a token in an error message ends up in a log.
  if (!/^[\x21-\x7e]+$/.test(stringFrom("token", token)))
    throw new TypeError("`token` must be one word of printable ASCII characters");
  if (!/^v\d+\.\d+$/.test(stringFrom("graphVersion", graphVersion)))
    throw new TypeError("`graphVersion` must look like `v25.0`");
  // fetch takes no user and password in an address.
  if (!/^https?:\/\/(?![^/]*@)[^?#]+$/.test(stringFrom("endpoint", endpoint)) || !URL.canParse(endpoint))
    throw new TypeError("`endpoint` must be an http or https URL without query, user and password");
  if (typeof fetch !== "function") throw new TypeError("`fetch` must be a function");
  if (typeof timeoutMs !== "number" || !(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1))
    throw new TypeError("`timeoutMs` must be a positive number of milliseconds");
  return { url: `${endpoint.replace(/\/+$/, "")}/${graphVersion}/${phoneNumberId}/messages`, token, fetch, timeoutMs };
}

/** One POST, never a second one: whether a message may be sent again is for the outcome to say. */
async function post(url, token, payload, fetch, timeoutMs) {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: payload,
      redirect: "manual",
      signal,
    });
    return { status: response.status, headers: response.headers, body: await readCapped(response) };
  } catch {
    // A refused connection and a reset look alike in workerd, so no exception proves that nothing was sent.
    return { transport: signal.aborted ? "timeout" : "reset" };
  }
}

async function readCapped(response) {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks = [];
  let length = 0;
  while (length <= MAX_ANSWER_BYTES) {
    const { done, value } = await reader.read();
    if (done) return joined(Uint8Array, chunks);
    chunks.push(value);
    length += value.byteLength;
  }
  await reader.cancel();
  return joined(Uint8Array, chunks);
}

export async function verifyWebhook(body, signature, secrets) {
  const bytes = rawBytesFrom("body", body);
  if (!Array.isArray(secrets)) throw new TypeError("`secrets` must be an array of app secrets");
  // Exactly Meta's form, lower case included: what was changed on the way was not signed by Meta.
  const hex = typeof signature === "string" ? /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1] : undefined;
  if (hex === undefined) return false;
  const expected = Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
  let valid = false;
  // Every secret is tried, and `verify` compares in constant time: the time taken tells nothing about which one fits.
  for (const secret of secrets) {
    // An unset secret must never match: anyone can sign with an empty one.
    if (typeof secret !== "string" || secret.trim() === "") continue;
    valid = (await crypto.subtle.verify("HMAC", await keyOf(secret), expected, bytes)) || valid;
  }
  return valid;
}

// Keys of the secrets seen last. Keys and not promises of them: in a Worker no request may wait for another one's.
const keys = new Map();
const MAX_KEYS = 16;

async function keyOf(secret) {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(secret, key);
  return key;
}
