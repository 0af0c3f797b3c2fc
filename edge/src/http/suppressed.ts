/** Messages of marketing to people who want none. */

import type { Envelope, SubmittedMessage } from "../delivery/submission.ts";
import { deadlineOf } from "../ledger/machine.ts";
import { addressesOf, ledgerAt } from "../objects.ts";
import type { RouteContext } from "./app.ts";
import type { RequestDiagnostic } from "./problem.ts";

/** What the core and the list of suppressions say of a message. */
export interface Judgement {
  ok: boolean;
  diagnostics: RequestDiagnostic[];
}

interface Entry {
  until: number | null;
  code?: number;
}

/**
 * Who wants no marketing gets none: the ledger would refuse it at the start, and the caller should know now. An entry with an
 * end lets the message wait for it, when it can wait that long.
 */
export async function refuseSuppressed(
  c: RouteContext,
  { from, sendAt, expiresAt }: Pick<Envelope, "from" | "sendAt" | "expiresAt">,
  messages: SubmittedMessage[],
  reports: Judgement[],
): Promise<void> {
  const names = messages.map(({ to, recipient }) => [to, recipient].filter((name) => typeof name === "string"));
  const entries = await entriesOf(c, from, names.flat());
  const deadline = expiresAt ?? deadlineOf("marketing", sendAt, Date.now());
  let place = 0;
  for (const [index, { length }] of names.entries()) {
    const own = entries.slice(place, place + length).flat();
    place += length;
    const report = reports[index];
    const entry = own.find(({ until }) => until === null) ?? own.sort((a, b) => (b.until ?? 0) - (a.until ?? 0))[0];
    if (entry === undefined || report === undefined) continue;
    const diagnostic = suppressed(messages[index] ?? {}, entry, deadline);
    reports[index] = {
      ok: report.ok && diagnostic.severity !== "error",
      diagnostics: [...report.diagnostics, diagnostic],
    };
  }
}

/** Each name's entries. Those of Meta's answers come to the other ledgers of the sender a little later. */
async function entriesOf(c: RouteContext, from: string, names: string[]): Promise<Entry[][]> {
  const addresses = addressesOf(c.env, from);
  const lists = await Promise.all(addresses.map((address) => ledgerAt(c.env, address).suppressed(names)));
  return names.map((_, index) => lists.flatMap((list) => list[index] ?? []));
}

function suppressed(
  { to }: { to?: unknown },
  { until, code }: Entry,
  deadline: number,
): RequestDiagnostic & { severity: "error" | "warning" } {
  const waits = until !== null && until < deadline;
  const who = code === undefined ? "somebody asked for that here" : `Meta said so with code ${code}`;
  const end = until === null ? "for good" : `until ${new Date(until).toISOString()}`;
  return {
    code: "recipient-suppressed",
    severity: waits ? "warning" : "error",
    path: [to === undefined ? "recipient" : "to"],
    message: `the recipient gets no marketing from this sender, ${end}: ${who}`,
    help: waits
      ? "the message waits until then"
      : "leave the recipient out; when they want marketing again, take them off the list: DELETE /v1/suppressions",
  };
}
