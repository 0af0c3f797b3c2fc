/** The page: static files, with headers that keep everything else out. */

import type { RouteContext } from "../app.ts";

const HEADERS: Record<string, string> = {
  "content-security-policy": [
    "default-src 'none'",
    // The core is WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    // The Worker and nobody else: no token and no number leaves from here to anywhere.
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export async function page(c: RouteContext): Promise<Response> {
  const answer = await c.env.ASSETS.fetch(c.req.raw);
  const response = new Response(answer.body, answer);
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
}
