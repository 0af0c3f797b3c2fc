/** R22: an answer that was damaged on its way is never taken for an accept, and never makes an exception. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { classifyResponse } from "wa-preflight";

const SEED = 22_2026;
const ROUNDS = 10_000;
const accept = {
  messaging_product: "whatsapp",
  contacts: [{ input: "+15550000001", wa_id: "15550000001" }],
  messages: [{ id: "wamid.HBgLMTU1NTAwMDAwMDEVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA", message_status: "accepted" }],
};
const error = (code: number, more: object = {}) => ({
  error: { message: `(#${code}) é 🌷`, type: "OAuthException", code, fbtrace_id: "A1", ...more },
});
const page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>id wamid.X messages</body></html>";
/** Each as it could come, with the statuses that it could come with. */
const ANSWERS: [number, string][] = [
  [200, JSON.stringify(accept)],
  [200, JSON.stringify(accept, null, 2)],
  [
    200,
    JSON.stringify({ ...accept, messages: [{ ...accept.messages[0], message_status: "held_for_quality_assessment" }] }),
  ],
  [400, JSON.stringify(error(132000, { error_data: { details: "body: number of params" } }))],
  [200, JSON.stringify(error(131000))],
  [429, JSON.stringify(error(130429))],
  [500, JSON.stringify(error(1, { is_transient: true }))],
  [502, page],
  [200, page],
  [200, JSON.stringify({ messages: [] })],
  [200, JSON.stringify({ messages: [{ id: "" }] })],
  [200, ""],
];

/** Chance that repeats (xorshift32). */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

function damaged(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const at = next(bytes.length + 1);
  const upTo = at + next(bytes.length - at + 1);
  switch (next(7)) {
    case 0: {
      const copy = bytes.slice();
      if (copy.length > 0) copy[at % copy.length]! ^= 1 << next(8);
      return copy;
    }
    case 1:
      return Uint8Array.from([...bytes.subarray(0, at), next(256), ...bytes.subarray(at)]);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
    case 3:
      return bytes.slice(0, at);
    case 4:
      return bytes.slice(at);
    case 5:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(upTo)]);
    default:
      return Uint8Array.from([...bytes.subarray(0, upTo), ...bytes.subarray(at)]);
  }
}

/** Another reader's word on whether the answer names a message. */
function namesMessage(body: Uint8Array): boolean {
  try {
    const answer = JSON.parse(new TextDecoder().decode(body)) as { messages?: { id?: unknown }[] };
    const id = answer.messages?.[0]?.id;
    return (typeof id === "string" && id !== "") || typeof id === "number";
  } catch {
    return false;
  }
}

test(`${ROUNDS} damaged answers`, () => {
  const next = chance(SEED);
  const seen: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    const [usual, text] = ANSWERS[round % ANSWERS.length]!;
    let body: Uint8Array = new TextEncoder().encode(text);
    for (let times = 1 + next(3); times > 0; times -= 1) body = damaged(body, next);
    const status = next(4) === 0 ? [200, 201, 204, 302, 400, 401, 404, 429, 500, 503, 599][next(11)]! : usual;
    const headers: Record<string, string> = { "content-type": next(2) === 0 ? "application/json" : "text/html" };
    if (next(4) === 0)
      headers["retry-after"] = ["", "1", "-1", "x", "Wed, 21 Oct 2099 07:28:00 GMT", "9".repeat(40)][next(6)]!;
    const what = `round ${round} of seed ${SEED}: ${status} ${JSON.stringify(new TextDecoder().decode(body))}`;

    const outcome = classifyResponse({ status, headers, body });
    seen[outcome.class] = (seen[outcome.class] ?? 0) + 1;
    assert.ok(outcome.action.length > 0, what);
    if (outcome.class === "accepted") {
      assert.ok(status >= 200 && status < 300 && namesMessage(body), `taken for an accept: ${what}`);
      assert.ok(outcome.messageId, what);
    } else {
      assert.equal(outcome.messageId, undefined, what);
    }
    // What may have been processed is never sent again by itself.
    if (status >= 200 && status < 400 && outcome.class === "unknown")
      assert.equal(outcome.resend, "only_if_unconfirmed", what);
  }
  for (const expected of ["accepted", "unknown", "invalid", "throttled"])
    assert.ok((seen[expected] ?? 0) > 50, `the damage is neither too little nor too much: ${JSON.stringify(seen)}`);
});
