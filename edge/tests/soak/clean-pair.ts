/** A small pair of ledgers that agree: one row of each kind that a soak brings about. */

import type { Accept, AnswerEntry, RequestEntry, WebhookEntry } from "@wa-preflight/sandbox";
import type { Evidence, Ours } from "./compare.ts";

export const KILL_AT = 5_000;

const accepted: AnswerEntry = { left: "all", said: "accepted", code: null };
const refused = (code: number): AnswerEntry => ({ left: "all", said: "refused", code });
const cut: AnswerEntry = { left: "part", said: "nothing", code: null };

interface Story {
  key: string;
  /** Each POST: whether Meta took it, and what it answered. */
  posts: { taken: boolean; answer: AnswerEntry }[];
  /** Statuses that were taken by the endpoint; with a code for `failed`. */
  told?: [status: string, code?: number][];
  callbackData?: boolean;
  state: string;
  reason: string;
  code?: number;
  /** The last attempt has no outcome in our ledger; it never left. */
  lost?: boolean;
  /** The last attempt has no outcome in our ledger; it was answered into a kill. */
  unheard?: boolean;
}

const ALL: [string][] = [["sent"], ["delivered"], ["read"]];

const STORIES: Story[] = [
  { key: "good", posts: [{ taken: true, answer: accepted }], told: ALL, state: "read", reason: "read" },
  { key: "lost-answer", posts: [{ taken: true, answer: cut }], told: ALL, state: "read", reason: "read" },
  {
    key: "again",
    posts: [
      { taken: false, answer: refused(131056) },
      { taken: true, answer: accepted },
    ],
    told: ALL,
    state: "read",
    reason: "read",
  },
  {
    key: "nameless",
    posts: [{ taken: true, answer: accepted }],
    told: ALL,
    callbackData: false,
    state: "read",
    reason: "read",
  },
  {
    key: "refused",
    posts: [{ taken: false, answer: refused(131026) }],
    state: "failed",
    reason: "recipient",
    code: 131026,
  },
  {
    key: "failed-later",
    posts: [{ taken: true, answer: accepted }],
    told: [["sent"], ["failed", 131026]],
    state: "failed",
    reason: "recipient",
    code: 131026,
  },
  {
    key: "both",
    posts: [{ taken: true, answer: accepted }],
    told: [["delivered"], ["failed", 131026]],
    state: "conflict",
    reason: "failed_and_delivered",
  },
  { key: "cut", posts: [{ taken: true, answer: cut }], state: "needs_attention", reason: "unresolved" },
  { key: "dumb", posts: [{ taken: false, answer: cut }], state: "needs_attention", reason: "unresolved" },
  {
    key: "ambiguous",
    posts: [{ taken: false, answer: refused(131000) }],
    state: "needs_attention",
    reason: "unresolved",
  },
  { key: "late", posts: [], state: "expired", reason: "deadline_before_start" },
  { key: "killed", posts: [], state: "needs_attention", reason: "unresolved", lost: true },
  {
    key: "killed-nameless",
    posts: [{ taken: true, answer: accepted }],
    told: ALL,
    callbackData: false,
    state: "needs_attention",
    reason: "unresolved",
    unheard: true,
  },
  {
    key: "killed-and-told",
    posts: [{ taken: true, answer: accepted }],
    told: ALL,
    state: "read",
    reason: "read",
    unheard: true,
  },
];

/** Made anew for each call, so that a test can spoil it. */
export function cleanPair(): Evidence {
  const sandbox = { accepts: [] as Accept[], requests: [] as RequestEntry[], webhooks: [] as WebhookEntry[] };
  const rows = STORIES.map((story, index) => tell(story, `+1555000${index}`, sandbox));
  const theirs = tell({ ...(STORIES[4] as Story), key: "theirs" }, "+15559999", sandbox);
  const tenant = (name: string, deliveries: Ours[]) => ({
    name,
    submitted: deliveries.map(({ key, message }) => ({ key, to: message.to ?? "" })),
    deliveries,
  });
  return { sandbox, tenants: [tenant("ours", rows), tenant("theirs", [theirs])], kills: [KILL_AT], attemptMs: 10_000 };
}

export function rowOf({ tenants }: Evidence, key: string): Ours {
  const row = tenants.flatMap(({ deliveries }) => deliveries).find((each) => each.key === key);
  if (row === undefined) throw new Error(`the pair has no row \`${key}\``);
  return row;
}

function tell(story: Story, to: string, sandbox: Evidence["sandbox"]): Ours {
  const { key, posts, told = [], callbackData = true, state, reason, code, lost = false, unheard = false } = story;
  const callbackId = `callback-${key}`;
  const wamids: string[] = [];
  const timeline: Ours["timeline"] = [{ at: 1, event: "submitted", state: "queued", reason: "submitted" }];
  for (const [index, { taken, answer }] of posts.entries()) {
    const n = index + 1;
    const wamid = taken ? `wamid.${key}.${n}` : null;
    if (wamid !== null) sandbox.accepts.push(acceptOf(sandbox.accepts.length + 1, to, callbackId, wamid));
    sandbox.requests.push(requestOf(sandbox.requests.length + 1, to, callbackId, wamid, answer));
    timeline.push({ at: unheard ? KILL_AT - 100 : 2, event: "start", state: "sending", reason: "in_flight", n });
    if (!unheard) timeline.push({ at: 3, event: "finished", state, reason, n });
    if (wamid !== null && (answer.said === "accepted" || told.length > 0)) wamids.push(wamid);
  }
  if (lost)
    timeline.push({ at: KILL_AT - 100, event: "start", state: "sending", reason: "in_flight", n: posts.length + 1 });
  for (const [status, failure] of told) {
    const n = sandbox.webhooks.length + 1;
    sandbox.webhooks.push(webhookOf(n, wamids[0] ?? "", callbackData ? callbackId : null, status, failure));
  }
  return {
    id: `id-${key}`,
    key,
    state,
    reason,
    action: "nothing to do",
    ...(code !== undefined && { code }),
    settled: true,
    wamids: unheard && !callbackData ? [] : wamids,
    message: { to },
    timeline,
  };
}

const time = "2026-11-26T12:00:00.000Z";

function acceptOf(n: number, to: string, callbackId: string, wamid: string): Accept {
  const rest = { waId: to, userId: null, template: "order_shipped", language: "en_US", category: "UTILITY" };
  return { n, time, wamid, to, callbackId, payloadHash: "", ...rest };
}

function requestOf(n: number, to: string, callbackId: string, wamid: string | null, answer: AnswerEntry): RequestEntry {
  const rest = { template: "order_shipped", fault: null, status: null, details: null, inFlight: 1 };
  return {
    n,
    time,
    method: "POST",
    path: "/v25.0/1/messages",
    to,
    callbackId,
    wamid,
    answer,
    code: answer.code,
    ...rest,
  };
}

function webhookOf(n: number, wamid: string, callbackId: string | null, status: string, code?: number): WebhookEntry {
  const said = {
    id: wamid,
    status,
    ...(callbackId !== null && { biz_opaque_callback_data: callbackId }),
    ...(code !== undefined && { errors: [{ code }] }),
  };
  const body = JSON.stringify({ entry: [{ changes: [{ value: { statuses: [said] } }] }] });
  const rest = { attempts: [], state: "delivered" as const, believable: true };
  return { n, field: "messages", wamid, callbackId, status, body, ...rest };
}
