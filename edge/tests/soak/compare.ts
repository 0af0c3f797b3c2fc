/**
 * Two ledgers side by side: the sandbox's, which is Meta's word, and ours, as the API shows it. Everything that does not fit
 * is named. It knows nothing of how the Worker decides, only of what each state claims.
 */

import type { Accept, Ledger, RequestEntry } from "@wa-preflight/sandbox";
import type { Shown } from "../e2e/stack.ts";
import { claimOf, type Claim } from "./meta.ts";

export interface Submitted {
  key: string;
  to: string;
}

/** One tenant: what it submitted, and every delivery that the API shows it, with timelines. */
export interface Tenant {
  name: string;
  submitted: Submitted[];
  deliveries: Ours[];
}

export type Ours = Pick<Shown, "id" | "key" | "state" | "reason" | "action" | "code" | "settled" | "wamids"> & {
  message: { to?: string };
  timeline: { at: number; event: string; state: string; reason: string; n?: number }[];
};

export interface Evidence {
  sandbox: Pick<Ledger, "accepts" | "requests" | "webhooks">;
  tenants: Tenant[];
  /** When the Worker was killed, and how long a started attempt may live on before it counts as lost. */
  kills: number[];
  attemptMs: number;
  /** Consumers that can have had six attempts each under way at a kill. */
  consumers?: number;
}

export type Kind =
  | "incomplete_evidence"
  | "lost"
  | "doubled_key"
  | "stranger"
  | "unknown_accept"
  | "duplicate_accept"
  | "posted_again"
  | "unrecorded_post"
  | "two_callback_ids"
  | "believed_forgery"
  | "missing_wamid"
  | "unfinished"
  | "bare_end"
  | "state_lies"
  | "attention_missing"
  | "attention_too_much"
  | "kill_took_too_many";

export interface Finding {
  kind: Kind;
  /** The key, callback id or time that it is about. */
  about: string;
  message: string;
}

export interface Comparison {
  findings: Finding[];
  /** Rows whose answer told nothing and of which no webhook told anything: these need a person, and no others. */
  mustNeedAttention: string[];
  /** Rows that need a person because a kill took the consumer that had started them. */
  takenByKills: string[];
  states: Record<string, number>;
}

const IN_FLIGHT = 6;

export function compare({ sandbox, tenants, kills, attemptMs, consumers = 1 }: Evidence): Comparison {
  const findings: Finding[] = [];
  const find = (kind: Kind, about: string, message: string): void => {
    findings.push({ kind, about, message });
  };
  checkEvidence(sandbox, find);

  const posts = groupBy(sandbox.requests.filter(isSend), ({ to }) => digits(to ?? ""));
  const accepts = groupBy(sandbox.accepts, ({ to }) => digits(to));
  const webhooks = groupBy(sandbox.webhooks, ({ wamid }) => wamid ?? "");
  const owners = new Map(tenants.flatMap(({ submitted }) => submitted.map(({ to }) => [digits(to), true])));
  for (const [to, [first]] of accepts) {
    if (!owners.has(to)) find("unknown_accept", first?.callbackId ?? to, "Meta took a message that nobody submitted");
  }

  const mustNeedAttention: string[] = [];
  const takenByKills: { key: string; kill: number | undefined }[] = [];
  const states: Record<string, number> = {};
  for (const tenant of tenants) {
    for (const { row, to } of paired(tenant, find)) {
      states[row.state] = (states[row.state] ?? 0) + 1;
      const sent = posts.get(to) ?? [];
      const taken = accepts.get(to) ?? [];
      const told = taken.flatMap(({ wamid }) => webhooks.get(wamid) ?? []);
      checkAttempts(row, sent, taken, find);
      if (!row.settled) find("unfinished", row.key, `it is still ${row.state}, ${row.reason}`);
      else if (!row.reason || (!row.action && row.state !== "read"))
        find("bare_end", row.key, `${row.state} has no reason or action`);

      const lostAt = lostAttemptAt(row);
      const claim = claimOf(sent, taken, told, lostAt === undefined);
      if (claim.withheld) mustNeedAttention.push(row.key);
      for (const wamid of claim.wamids) {
        if (!row.wamids.includes(wamid))
          find("missing_wamid", row.key, `Meta told ${wamid}, and the row does not have it`);
      }
      const wrong = judge(row, claim);
      if (wrong === undefined) continue;
      if (row.state !== "needs_attention" || lostAt === undefined || claim.told) {
        find(wrong.kind, row.key, wrong.message);
        continue;
      }
      const kill = kills.find((at) => at >= lostAt && at <= lostAt + attemptMs);
      if (kill === undefined) find(wrong.kind, row.key, `${wrong.message}, and no kill explains it`);
      else takenByKills.push({ key: row.key, kill });
    }
  }
  for (const [kill, rows] of groupBy(takenByKills, ({ kill }) => kill)) {
    const most = IN_FLIGHT * consumers;
    if (rows.length > most) {
      find(
        "kill_took_too_many",
        String(kill),
        `${rows.length} rows need attention because of one kill; ${most} can be`,
      );
    }
  }
  return { findings, mustNeedAttention, takenByKills: takenByKills.map(({ key }) => key), states };
}

type Find = (kind: Kind, about: string, message: string) => void;

/** What the sandbox forgot, or what is still under way, cannot be judged. */
function checkEvidence({ requests, webhooks }: Evidence["sandbox"], find: Find): void {
  if (requests.length > 0 && requests[0]?.n !== 1)
    find("incomplete_evidence", "requests", "the sandbox has dropped the oldest");
  if (webhooks.length > 0 && webhooks[0]?.n !== 1)
    find("incomplete_evidence", "webhooks", "the sandbox has dropped the oldest");
  for (const request of requests) {
    if (isSend(request) && request.answer === null)
      find("incomplete_evidence", `request ${request.n}`, "it is still open");
  }
  for (const { n, state, believable } of webhooks) {
    if (state === "pending" || state === "retrying")
      find("incomplete_evidence", `webhook ${n}`, `it is still ${state}`);
    if (!believable && state === "delivered")
      find("believed_forgery", `webhook ${n}`, "it was taken, and its signature is wrong");
  }
}

/** Each row of a tenant with its recipient: one for each key, and none besides. */
function* paired({ name, submitted, deliveries }: Tenant, find: Find): Generator<{ row: Ours; to: string }> {
  const rows = groupBy(deliveries, ({ key }) => key);
  const keys = new Map(submitted.map(({ key, to }) => [key, digits(to)]));
  for (const [key, to] of keys) {
    const [row, ...others] = rows.get(key) ?? [];
    if (row === undefined) find("lost", key, `${name} submitted it, and it is in no list`);
    else if (others.length > 0) find("doubled_key", key, `it has ${others.length + 1} deliveries`);
    if (row === undefined) continue;
    if (digits(row.message.to ?? "") === to) yield { row, to };
    else find("stranger", key, "it has this key and another recipient");
  }
  for (const [key] of rows) {
    if (!keys.has(key)) find("stranger", key, `${name} never submitted it, and sees it`);
  }
}

/** At most one accept, no POST after one that may have been taken, none that is not in the timeline. */
function checkAttempts({ key, timeline }: Ours, posts: RequestEntry[], accepts: Accept[], find: Find): void {
  const forced = timeline.some(({ event }) => event === "resend");
  if (accepts.length > 1 && !forced) find("duplicate_accept", key, `Meta took it ${accepts.length} times`);
  const callbackIds = new Set(posts.map(({ callbackId }) => callbackId));
  if (callbackIds.size > 1)
    find("two_callback_ids", key, `its ${posts.length} POSTs had ${callbackIds.size} callback ids`);
  for (const { answer, wamid, code } of forced ? [] : posts.slice(0, -1)) {
    if (wamid === null && answer?.said === "refused") continue;
    find(
      "posted_again",
      key,
      `a POST followed one that Meta may have taken (${answer?.said ?? "no answer"} ${code ?? ""})`,
    );
  }
  const starts = timeline.filter(({ event }) => event === "start").length;
  if (posts.length > starts) find("unrecorded_post", key, `${posts.length} POSTs, ${starts} starts`);
}

/** Whether the row's state says what Meta says; undefined when it does. */
function judge(row: Ours, claim: Claim): { kind: Kind; message: string } | undefined {
  const fits =
    claim.states.includes(row.state) && (claim.code === undefined || row.state !== "failed" || row.code === claim.code);
  if (fits) return undefined;
  const said = `it is ${row.state}${row.code === undefined ? "" : ` (${row.code})`}, and Meta ${claim.why}`;
  if (row.state === "needs_attention") return { kind: "attention_too_much", message: said };
  return { kind: claim.withheld ? "attention_missing" : "state_lies", message: said };
}

/** When the last attempt started, if the row never learned what came of it. */
function lostAttemptAt({ timeline }: Ours): number | undefined {
  const start = timeline.findLast(({ event }) => event === "start");
  if (start === undefined) return undefined;
  const ended = timeline.some(({ event, n }) => (event === "finished" || event === "abandoned") && n === start.n);
  return ended ? undefined : start.at;
}

function isSend({ method, path }: RequestEntry): boolean {
  return method === "POST" && /\/(marketing_)?messages$/.test(path);
}

export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  return Map.groupBy(items, keyOf);
}

export function digits(text: string): string {
  return text.replace(/\D/g, "");
}
