/** Reads request bodies: capped, as bytes, then as text, then as JSON. */

import { checkTemplate } from "wa-preflight";
import { Problem } from "./problem.ts";

/** The whole body, or a 413 as soon as it is longer than `maxBytes`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    // A few kilobytes can unpack to gigabytes; nobody needs this here.
    throw new Problem("wrong-media-type", `the body must not be compressed, and it is \`${encoding}\``);
  }
  const tooLarge = () => new Problem("too-large", `the body is longer than ${maxBytes} bytes: send it in parts`);
  const promised = request.headers.get("content-length");
  if (Number(promised) > maxBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  // A body of a known length cannot become longer, and is cheaper to read in one piece.
  if (promised !== null && /^\d+$/.test(promised)) return new Uint8Array(await request.arrayBuffer());

  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

export async function readText(request: Request, maxBytes: number): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Problem("wrong-encoding", "the body is not valid UTF-8");
  }
}

/** `where` names the text in the problem: "the body", "line 3". */
export function parseJson(text: string, where = "the body"): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw brokenJson(text, where, error);
  }
}

/** The rules of the core that are about JSON itself. */
const SYNTAX: ReadonlySet<string> = new Set(["text-not-json", "text-too-deep", "lone-surrogate"]);

/** The core's reader says where the text breaks off; it reads any text as if it were a definition. */
function brokenJson(text: string, where: string, error: unknown): Problem {
  const diagnostics = checkTemplate(text).diagnostics.filter(({ code }) => SYNTAX.has(code));
  const reason = diagnostics[0]?.message ?? (error instanceof Error ? error.message : "it cannot be read");
  return new Problem("broken-json", `${where} is not JSON: ${reason}`, { diagnostics });
}
