/** Errors over HTTP: problem documents as RFC 9457 draws them. */

import type { Diagnostic } from "wa-preflight";

/** One finding about a request. What the core finds has all of its fields, what HTTP finds these. */
export type RequestDiagnostic =
  | Diagnostic
  | { code: string; severity: "error" | "warning"; path: (string | number)[]; message: string; help?: string };

/** Each kind of problem: its name in `type`, its status and its title. */
const KINDS = {
  "broken-json": [400, "The body is not JSON"],
  "wrong-shape": [400, "The request does not have the right shape"],
  "wrong-encoding": [400, "The body is not UTF-8"],
  unauthorized: [401, "A valid API key is needed"],
  "bad-signature": [401, "The signature does not fit the body"],
  forbidden: [403, "The verify token does not fit"],
  "not-found": [404, "There is nothing here"],
  "wrong-method": [405, "The method does not fit the address"],
  conflict: [409, "The key belongs to another message"],
  "not-allowed-now": [409, "The delivery's state does not allow that"],
  "too-large": [413, "The request is too large"],
  "wrong-media-type": [415, "The media type is not understood"],
  "unknown-sender": [422, "The sender is not known here"],
  "unknown-template": [422, "The template does not exist"],
  "unusable-template": [422, "No message can be built from the template"],
  refused: [422, "Preflight refuses it"],
  "refused-by-meta": [422, "Meta refused it"],
  internal: [500, "Something went wrong here"],
  "graph-failed": [502, "The Graph API did not give a usable answer"],
  "not-configured": [503, "The Worker is not configured for this"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof KINDS;

/** Thrown anywhere below a route; the router answers it. */
export class Problem extends Error {
  override name = "Problem";
  readonly kind: ProblemKind;
  readonly extra: { diagnostics?: RequestDiagnostic[]; [member: string]: unknown };
  readonly headers: Record<string, string>;

  constructor(kind: ProblemKind, detail: string, extra: Problem["extra"] = {}, headers: Record<string, string> = {}) {
    super(detail);
    this.kind = kind;
    this.extra = extra;
    this.headers = headers;
  }

  get status(): number {
    return KINDS[this.kind][0];
  }

  toResponse(): Response {
    const [status, title] = KINDS[this.kind];
    const body = { type: `urn:wa-preflight:problem:${this.kind}`, title, status, detail: this.message, ...this.extra };
    return new Response(JSON.stringify(body), {
      status,
      headers: { ...this.headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    });
  }
}

/** Each finding as a diagnostic, and all of them in one sentence. */
export function shapeProblem(findings: { path: (string | number)[]; message: string }[]): Problem {
  const diagnostics = findings.map(({ path, message }) => ({
    code: "request-shape",
    severity: "error" as const,
    path,
    message,
  }));
  const first = findings[0]?.message ?? "the request does not have the right shape";
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : "";
  return new Problem("wrong-shape", `${first}${more}`, { diagnostics });
}
