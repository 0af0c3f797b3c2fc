/** A send judged by its body and its template alone: what is the same for every account and at every pace. */

import type { Definition } from "./definition.ts";
import { GraphError } from "./errors.ts";
import { readSend, type Send, type SendRoute } from "./send/envelope.ts";
import { matchTemplate } from "./send/match.ts";

export interface Circumstances {
  route: SendRoute;
  /** The number in `/v25.0/`. */
  version: number;
  /** The time, in milliseconds. */
  now: number;
}

/** Reads the body, finds its template by `sendable`, and throws what Graph would answer if the two do not fit. */
export function judgeSend(
  body: unknown,
  sendable: (name: string, language: string) => Definition,
  { route, version, now }: Circumstances,
): { send: Send; definition: Definition } {
  const send = readSend(body, route);
  const definition = sendable(send.name, send.language);
  if (route === "marketing_messages" && definition.category !== "MARKETING") {
    throw new GraphError(134100, { details: "You're only able to send marketing messages on this API." });
  }
  matchTemplate(definition, send.components, version, now);
  if (definition.category === "AUTHENTICATION" && send.recipient.userId !== null) {
    throw new GraphError(131062, {
      details:
        "You can only send authentication messages to recipients' phone numbers, not their business-scoped user IDs.",
    });
  }
  return { send, definition };
}
