/** Reading what a client sends, without trusting it. */

import type { IncomingMessage } from "node:http";
import { GraphError } from "./errors.ts";

/** Meta publishes no limit; this one only protects the process. */
const MAX_BODY = 16 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new GraphError(100, { status: 413, message: "(#100) The body is too large." });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Undefined when the bytes are no JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
