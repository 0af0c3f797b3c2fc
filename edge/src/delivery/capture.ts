/** Keeps what an answer looked like on the wire, as evidence for the timeline. */

/** Enough for any answer of the Graph API; of a proxy's page the beginning tells enough. */
const MAX_EVIDENCE_BYTES = 16_384;

export interface Capture {
  /** `fetch`, listened to. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether anything may have left. */
  readonly called: boolean;
  /** JSON: the status and the body as far as it came, or that none came. */
  text(): string;
}

export function capturing(): Capture {
  let called = false;
  let status: number | undefined;
  let failed = false;
  const chunks: Uint8Array[] = [];
  let length = 0;

  const listen = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (length < MAX_EVIDENCE_BYTES) chunks.push(chunk.slice(0, MAX_EVIDENCE_BYTES - length));
      length += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });

  return {
    async fetch(url, init) {
      called = true;
      try {
        const response = await fetch(url, init);
        status = response.status;
        if (response.body === null) return response;
        return new Response(response.body.pipeThrough(listen), response);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
    get called() {
      return called;
    },
    text() {
      const body = new TextDecoder().decode(concatenated(chunks));
      if (!called) return JSON.stringify({ sent: false });
      if (failed || status === undefined) return JSON.stringify({ answer: "none: the connection failed or timed out" });
      return JSON.stringify({ status, body, ...(length > MAX_EVIDENCE_BYTES && { cutAt: MAX_EVIDENCE_BYTES }) });
    },
  };
}

function concatenated(chunks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return all;
}
