// What message.wasm does, by its public names; templates have a file of their own.
import {
  bytesFrom,
  describe,
  headerPairs,
  isBuffer,
  jsonOf,
  objectFrom,
  optionsText,
  stringFrom,
  textAndOptions,
} from "./arguments.js";
import { message } from "./message-core.js";

export { Template } from "./template.js";

export function checkPayload(payload, options) {
  const given = optionsText(options);
  const isText = typeof payload === "string";
  const [text, said] = isText ? [payload, given] : textAndOptions(payload, given);
  return JSON.parse(message.call((glue) => glue.check_payload(text, isText, said)));
}

export function sanitizeText(text, options) {
  stringFrom("text", text);
  const given = optionsText(options);
  const clean = message.call((glue) => glue.sanitize_text(text, given));
  // The core's text cannot hold half a character, so where there is one, the changes are made here: it stays as it is.
  return /\p{Surrogate}/u.test(text) ? { ...clean, text: withChanges(text, clean.changes) } : clean;
}

function withChanges(text, changes) {
  const parts = [];
  let from = 0;
  for (const { start, end, after } of changes) {
    parts.push(text.slice(from, start), after);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

export function classifyResponse(response, options) {
  const { status, headers, body, transport } = objectFrom("response", response);
  const given = optionsText(options);
  if (status !== undefined && status !== null && !isStatus(status))
    throw new TypeError(`\`response.status\` must be an HTTP status such as 200, not ${describe(status)}`);
  if (transport !== undefined && transport !== null) stringFrom("response.transport", transport);
  const input = { status, headers: headerPairs(headers), body: bodyBytes(body), transport };
  return message.call((glue) => glue.classify_response(input, given));
}

/** @param {unknown} status */
const isStatus = (status) => Number.isInteger(status) && Number(status) >= 0 && Number(status) < 1000;

/** An answer's body as bytes: clients hand it over as bytes, as text or already parsed. */
function bodyBytes(body) {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string" || isBuffer(body) || ArrayBuffer.isView(body)) return bytesFrom("body", body);
  const text = jsonOf(body);
  if (text === undefined || isUnread(body, text))
    throw new TypeError(
      `\`body\` must be text, bytes or a JSON value, not ${describe(body)}: read it first, as in \`await response.text()\``,
    );
  return new TextEncoder().encode(text);
}

/**
 * A stream, a promise, a Blob and the like: JSON finds nothing in them, and what the answer says would be lost.
 * @param {unknown} body
 * @param {string} text its JSON text
 */
function isUnread(body, text) {
  const prototype = Object.getPrototypeOf(body);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return (text === "{}" && !isPlain) || typeof (/** @type {any} */ (body).pipe) === "function";
}

export function readWebhook(body) {
  const bytes = bytesFrom("body", body);
  return message.call((glue) => glue.read_webhook(bytes));
}
