/** What throughput is measured against: a Worker that loops `fetch` with six in flight, and knows nothing of what it sends. */

import { DurableObject } from "cloudflare:workers";

// wrangler.jsonc binds them; nothing calls them here.
export class Ledger extends DurableObject {}
export class Catalogue extends DurableObject {}

const IN_FLIGHT = 6;

interface Order {
  url: string;
  token: string;
  /** The payloads, ready to send. */
  bodies: string[];
}

export default {
  async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== "/run") {
      await request.arrayBuffer();
      return new Response("ok");
    }
    const { url, token, bodies } = (await request.json()) as Order;
    const waiting = bodies.values();
    const loop = async (): Promise<void> => {
      for (const body of waiting) {
        const response = await fetch(url, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body,
        });
        await response.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
    return Response.json({ sent: bodies.length });
  },
  queue(): void {},
};
