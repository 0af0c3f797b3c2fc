/** The body of POST /v1/deliveries: an envelope and its messages, as one JSON document or as NDJSON. */

import * as v from "valibot";
import { sha256Hex } from "../hash.ts";
import { parseJson } from "../http/body.ts";
import { Problem, shapeProblem } from "../http/problem.ts";
import { exactly, readable, shaped, text } from "../http/shape.ts";
import { templateEntry } from "../http/templates.ts";
import { notInOrder, plannedTime } from "../http/times.ts";

export const MAX_MESSAGES = 1_000;
export const MAX_BYTES = 5_000_000;

const envelopeEntries = {
  from: v.string(),
  template: templateEntry,
  category: v.optional(v.picklist(["marketing", "utility", "authentication"])),
  campaign: v.optional(text(255)),
  sendAt: v.optional(plannedTime),
  expiresAt: v.optional(plannedTime),
  retryMedia: v.optional(v.boolean()),
  dryRun: v.optional(v.boolean()),
};
const envelopeSchema = exactly(envelopeEntries);
const documentSchema = exactly({ ...envelopeEntries, messages: v.array(v.unknown()) });

// What the core judges stays `unknown` here: its findings are results of one message, not a refusal of all.
const messageSchema = exactly({
  key: text(255),
  reference: v.optional(text(512)),
  to: v.optional(v.unknown()),
  recipient: v.optional(v.unknown()),
  recipientType: v.optional(v.unknown()),
  replyTo: v.optional(v.unknown()),
  values: v.optional(v.unknown()),
});

export type Envelope = v.InferOutput<typeof envelopeSchema>;
export type SubmittedMessage = v.InferOutput<typeof messageSchema>;
export interface Submission {
  envelope: Envelope;
  messages: SubmittedMessage[];
}

/** Reads it all or refuses it all: a body of the wrong shape queues nothing. */
export function parseSubmission(body: string, format: "json" | "ndjson"): Submission {
  const { envelope, messages } = format === "json" ? fromJson(body) : fromLines(body);
  const disorder = notInOrder(envelope);
  if (disorder !== undefined) throw shapeProblem([disorder]);
  if (messages.length === 0) throw shapeProblem([{ path: ["messages"], message: "there is no message" }]);
  if (messages.length > MAX_MESSAGES) {
    throw new Problem(
      "too-large",
      `there are ${messages.length} messages, and ${MAX_MESSAGES} is the most of one request: send them in parts`,
    );
  }
  return { envelope, messages: messages.map((message, index) => shaped(messageSchema, message, ["messages", index])) };
}

function fromJson(body: string): { envelope: Envelope; messages: unknown[] } {
  const { messages, ...envelope } = shaped(documentSchema, parseJson(body));
  return { envelope, messages };
}

function fromLines(body: string): { envelope: Envelope; messages: unknown[] } {
  const [first, ...rest] = body
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => parseJson(line, `line ${number}`));
  return { envelope: shaped(envelopeSchema, first), messages: rest };
}

/**
 * What makes two submissions of one key the same: everything that the caller said about the message. A changed schedule
 * counts, too: answering "duplicate" would drop the change without a word.
 */
export async function fingerprint(envelope: Envelope, message: SubmittedMessage): Promise<string> {
  const { dryRun: _, ...said } = envelope;
  return sha256Hex(canonical({ ...said, ...message }, 0));
}

const MAX_DEPTH = 64;

/** JSON with sorted keys. */
function canonical(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH)
    throw shapeProblem([{ path: ["messages"], message: `\`${readable(["values"])}\` is nested too deep` }]);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, depth + 1)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
