// The public functions: they turn JavaScript values into what the core takes. No rule lives here.
import { bytesFrom, describe, headerPairs, jsonOf, objectFrom, optionsFrom, stringFrom } from "./arguments.js";
import { call } from "./core.js";

export { PreflightError } from "./error.js";
export { Template } from "./template.js";

export function checkTemplate(definition, options) {
  return judge(definition, options, "check_template");
}

export function checkPayload(payload, options) {
  return judge(payload, options, "check_payload");
}

/** Text goes to the core as it is (its positions matter), objects as JSON text, and what has none through the core's own reader. */
function judge(value, options, name) {
  const given = optionsFrom(options);
  if (typeof value === "string") return call((core) => core[name](value, true, given));
  const text = jsonOf(value);
  return call((core) => (text === undefined ? core[`${name}_value`](value, given) : core[name](text, false, given)));
}

export function applyFix(definition, fix) {
  objectFrom("fix", fix);
  if (typeof definition === "string") return call((core) => core.apply_fix(definition, fix, true));
  const text = jsonOf(definition);
  if (text === undefined)
    throw new TypeError(
      "`definition` has no JSON text (a cycle, a BigInt, a getter that throws?), so no fix can be applied to it",
    );
  return JSON.parse(call((core) => core.apply_fix(text, fix, false)));
}

export function sanitizeText(text, options) {
  stringFrom("text", text);
  const given = optionsFrom(options);
  const clean = call((core) => core.sanitize_text(text, given));
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
  const given = optionsFrom(options);
  if (status !== undefined && status !== null && !isStatus(status))
    throw new TypeError(`\`response.status\` must be an HTTP status such as 200, not ${describe(status)}`);
  if (transport !== undefined && transport !== null) stringFrom("response.transport", transport);
  const input = { status, headers: headerPairs(headers), body: bodyBytes(body), transport };
  return call((core) => core.classify_response(input, given));
}

/** @param {unknown} status */
const isStatus = (status) => Number.isInteger(status) && Number(status) >= 0 && Number(status) < 1000;

/** An answer's body as bytes: clients hand it over as bytes, as text or already parsed. */
function bodyBytes(body) {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string" || body instanceof ArrayBuffer || ArrayBuffer.isView(body))
    return bytesFrom("body", body);
  const text = jsonOf(body);
  if (text === undefined) throw new TypeError("`body` must be text, bytes or a JSON value");
  return new TextEncoder().encode(text);
}

export function readWebhook(body) {
  const bytes = bytesFrom("body", body);
  return call((core) => core.read_webhook(bytes));
}

export function rules() {
  return call((core) => core.rules());
}

export function limits() {
  return call((core) => core.limits());
}
