/** Messages of marketing to people who want none. */

import type { SubmittedMessage } from "../delivery/submission.ts";
import { addressesOf, ledgerAt } from "../objects.ts";
import type { RouteContext } from "./app.ts";
import type { RequestDiagnostic } from "./problem.ts";

/** What the core and the list of suppressions say of a message. */
export interface Judgement {
  ok: boolean;
  diagnostics: RequestDiagnostic[];
}

/** Who wants no marketing gets none: the ledger would refuse it at the start, and the caller should know now. */
export async function refuseSuppressed(
  c: RouteContext,
  from: string,
  messages: SubmittedMessage[],
  reports: Judgement[],
): Promise<void> {
  // A person has one entry in every ledger of the sender, or in the one whose message made Meta say so.
  const people = messages.map(({ to, recipient }) =>
    [to, recipient].filter((name): name is string => typeof name === "string"),
  );
  const all = people.flat();
  const lists = await Promise.all(addressesOf(c.env, from).map((address) => ledgerAt(c.env, address).suppressed(all)));
  let place = 0;
  for (const [index, names] of people.entries()) {
    const entries = names.flatMap((_, offset) => lists.flatMap((list) => list[place + offset] ?? []));
    place += names.length;
    const report = reports[index];
    const [entry] = entries;
    if (entry === undefined || report === undefined) continue;
    reports[index] = {
      ok: false,
      diagnostics: [...report.diagnostics, suppressed(messages[index] ?? {}, entry)],
    };
  }
}

function suppressed(
  { to }: { to?: unknown },
  { until, code }: { until: number | null; code?: number },
): RequestDiagnostic {
  const who = code === undefined ? "somebody asked for that here" : `Meta said so with code ${code}`;
  const end = until === null ? "for good" : `until ${new Date(until).toISOString()}`;
  return {
    code: "recipient-suppressed",
    severity: "error",
    path: [to === undefined ? "recipient" : "to"],
    message: `the recipient gets no marketing from this sender, ${end}: ${who}`,
    help: "leave the recipient out; when they asked for marketing again, take them off the list: DELETE /v1/suppressions",
  };
}
