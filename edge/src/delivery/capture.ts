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

  // Pulled from the answer's own reader: a pipe through a TransformStream costs a millisecond of processor time here.
  const listenedTo = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    return new ReadableStream({
      async pull(controller) {
        const { done, value: chunk } = await reader.read();
        if (done) return controller.close();
        if (length < MAX_EVIDENCE_BYTES) chunks.push(chunk.slice(0, MAX_EVIDENCE_BYTES - length));
        length += chunk.byteLength;
        controller.enqueue(chunk);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };

  return {
    async fetch(url, init) {
      called = true;
      try {
        const response = await fetch(url, init);
        status = response.status;
        if (response.body === null) return response;
        return new Response(listenedTo(response.body), response);
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
