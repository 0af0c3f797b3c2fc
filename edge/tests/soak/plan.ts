/** What befalls the soak's requests: one table of faults with their shares, drawn by the sandbox from its seed. */

import type { FaultKind, FaultSpec, Sandbox } from "@wa-preflight/sandbox";

interface Row {
  share: number;
  /** An answer and its webhooks can suffer together. */
  faults: Pick<FaultSpec, "kind" | "params">[];
}

const row = (share: number, kind: FaultKind, params: Record<string, unknown> = {}): Row => ({
  share,
  faults: [{ kind, params }],
});
const both = (share: number, answer: FaultKind, webhook: FaultKind): Row => ({
  share,
  faults: [{ kind: answer }, { kind: webhook }],
});

const ROWS: Row[] = [
  // Refused, readably. Few throttles and account errors: each of them holds the whole sender for a while.
  row(0.04, "error", { code: 131026 }),
  row(0.01, "error", { code: 131009 }),
  row(0.02, "error", { code: 131056 }),
  row(0.002, "retry_after", { value: "1" }),
  row(0.001, "error", { code: 131031 }),

  // Taken, and the answer is lost; the webhooks tell.
  row(0.02, "reset_after_accept"),
  row(0.01, "reset_mid_body"),
  row(0.01, "truncated_json"),
  row(0.01, "empty_2xx"),
  row(0.005, "no_id_2xx"),
  row(0.004, "hang_after_accept"),
  row(0.01, "html_5xx", { accept: true }),
  row(0.01, "error", { code: 131000, accept: true }),

  // Taken, and nothing ever tells: these need attention.
  both(0.008, "reset_after_accept", "webhook_none"),
  both(0.006, "empty_2xx", "webhook_bad_signature"),
  both(0.004, "truncated_json", "webhook_none"),

  // Not taken, and the answer leaves it open: these, too.
  row(0.006, "reset_before_read"),
  row(0.004, "html_5xx"),
  row(0.003, "redirect"),
  row(0.003, "error", { code: 131016 }),

  // Taken and answered; the webhooks come strangely.
  row(0.03, "webhook_before_answer", { count: 2 }),
  row(0.04, "webhook_duplicate", { copies: 3 }),
  row(0.04, "webhook_out_of_order"),
  row(0.03, "webhook_failed", { after: ["sent"], code: 131026 }),
  row(0.01, "webhook_statuses", { statuses: ["delivered", "failed", "read"], code: 131053 }),
  row(0.03, "webhook_delay", { ms: 2_000 }),
  row(0.02, "webhook_no_callback_data"),
];

export function setFaults(sandbox: Sandbox): void {
  let from = 0;
  for (const { share, faults } of ROWS) {
    for (const fault of faults) {
      // A match on the template makes the sandbox read the body first, so that its ledger knows whom the fault struck.
      sandbox.setFault({ ...fault, match: { template: "order_shipped" }, chance: [from, from + share] });
    }
    from += share;
  }
}

/** The share of sends that met a fault; slowness alone is none. */
export function faultedShare(sandbox: Sandbox): number {
  const sends = sandbox.ledger.requests.filter(({ method, template }) => method === "POST" && template !== null);
  const faulted = sends.filter(({ fault }) => fault !== null && fault !== "delay");
  return faulted.length / sends.length;
}
