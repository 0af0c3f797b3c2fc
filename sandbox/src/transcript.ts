/** What an answer said and whether all of it left: the facts behind `answer` in the ledger's requests. */

import type { ServerResponse } from "node:http";
import type { AnswerEntry } from "./ledger.ts";
import { isObject } from "./shape.ts";

const written = new WeakMap<ServerResponse, Buffer[]>();

/** Remembers bytes of an answer; whoever writes a part of one calls it. */
export function remember(response: ServerResponse, bytes: Buffer): void {
  const chunks = written.get(response);
  if (chunks) chunks.push(bytes);
  else written.set(response, [bytes]);
}

/** What a client that read everything could have learned. For the moment when the response has closed. */
export function answerOf(response: ServerResponse): AnswerEntry {
  if (!response.headersSent) return { left: "none", said: "nothing", code: null };
  const left = response.writableFinished ? "all" : "part";
  const nothing: AnswerEntry = { left, said: "nothing", code: null };
  if (left === "part") return nothing;
  const body = parse(Buffer.concat(written.get(response) ?? []));
  const { statusCode } = response;
  if (statusCode >= 200 && statusCode < 300) {
    const messages: unknown[] = Array.isArray(body["messages"]) ? body["messages"] : [];
    const named = messages.some((each) => isObject(each) && typeof each["id"] === "string" && each["id"] !== "");
    return named ? { left, said: "accepted", code: null } : nothing;
  }
  const code = isObject(body["error"]) ? body["error"]["code"] : undefined;
  return typeof code === "number" ? { left, said: "refused", code } : nothing;
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
