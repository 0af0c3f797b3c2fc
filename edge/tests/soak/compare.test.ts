/** The comparison itself is compared: a clean pair gives nothing, and each planted difference is named. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type Evidence, type Kind, type Ours } from "./compare.ts";
import { cleanPair, KILL_AT, rowOf } from "./clean-pair.ts";

test("a clean pair gives nothing", () => {
  const { findings, mustNeedAttention, takenByKills, states } = compare(cleanPair());
  assert.deepEqual(findings, []);
  assert.deepEqual(mustNeedAttention.toSorted(), ["cut", "dumb", "ambiguous"].toSorted());
  assert.deepEqual(takenByKills, ["killed", "killed-nameless"]);
  assert.equal(states["read"], 5);
});

const planted: { name: string; kind: Kind; about?: string; plant: (pair: Evidence) => void }[] = [
  {
    name: "a row is lost",
    kind: "lost",
    about: "good",
    plant: ({ tenants }) => remove(tenants[0]!.deliveries, ({ key }) => key === "good"),
  },
  {
    name: "an accept is doubled",
    kind: "duplicate_accept",
    about: "good",
    plant: ({ sandbox }) => sandbox.accepts.push({ ...sandbox.accepts[0]!, n: 99, wamid: "wamid.second" }),
  },
  {
    name: "a POST follows an accept",
    kind: "posted_again",
    about: "good",
    plant(pair) {
      pair.sandbox.requests.push({ ...pair.sandbox.requests[0]!, n: 99 });
      rowOf(pair, "good").timeline.push({ at: 2, event: "start", state: "sending", reason: "in_flight", n: 2 });
    },
  },
  {
    name: "a POST follows an answer that told nothing",
    kind: "posted_again",
    about: "dumb",
    plant(pair) {
      pair.sandbox.requests.push({
        ...pair.sandbox.requests.find(({ callbackId }) => callbackId === "callback-dumb")!,
        n: 99,
      });
      rowOf(pair, "dumb").timeline.push({ at: 2, event: "start", state: "sending", reason: "in_flight", n: 2 });
    },
  },
  {
    name: "a POST is in no timeline",
    kind: "unrecorded_post",
    about: "again",
    plant: (pair) => remove(rowOf(pair, "again").timeline, ({ event, n }) => event === "start" && n === 2),
  },
  {
    name: "one message has two callback ids",
    kind: "two_callback_ids",
    about: "again",
    plant: ({ sandbox }) => {
      sandbox.requests.find(({ callbackId }) => callbackId === "callback-again")!.callbackId = "callback-other";
    },
  },
  ...(["delivered", "failed", "accepted", "expired", "closed"] as const).map((state) => ({
    name: `a row that was read says ${state}`,
    kind: "state_lies" as const,
    about: "good",
    plant: (pair: Evidence) => void (rowOf(pair, "good").state = state),
  })),
  {
    name: "a row that was refused says read",
    kind: "state_lies",
    about: "refused",
    plant: (pair) => void (rowOf(pair, "refused").state = "read"),
  },
  {
    name: "a row has another code than Meta gave",
    kind: "state_lies",
    about: "refused",
    plant: (pair) => void (rowOf(pair, "refused").code = 131050),
  },
  {
    name: "a row was never posted and says delivered",
    kind: "state_lies",
    about: "late",
    plant: (pair) => void (rowOf(pair, "late").state = "delivered"),
  },
  {
    name: "failed and delivered, and the row says delivered",
    kind: "state_lies",
    about: "both",
    plant: (pair) => void (rowOf(pair, "both").state = "delivered"),
  },
  {
    name: "one too many needs attention",
    kind: "attention_too_much",
    about: "good",
    plant: (pair) => void (rowOf(pair, "good").state = "needs_attention"),
  },
  {
    name: "one too many needs attention, and its attempt has no outcome, and webhooks told",
    kind: "attention_too_much",
    about: "lost-answer",
    plant(pair) {
      rowOf(pair, "lost-answer").state = "needs_attention";
      remove(rowOf(pair, "lost-answer").timeline, ({ event }) => event === "finished");
    },
  },
  {
    name: "one too few needs attention",
    kind: "attention_missing",
    about: "cut",
    plant: (pair) => void (rowOf(pair, "cut").state = "closed"),
  },
  {
    name: "a row that nobody answered is called failed",
    kind: "attention_missing",
    about: "dumb",
    plant: (pair) => void (rowOf(pair, "dumb").state = "failed"),
  },
  {
    name: "an attempt is lost, and no kill explains it",
    kind: "attention_too_much",
    about: "killed",
    plant: (pair) => void (pair.kills = [KILL_AT + 1_000_000]),
  },
  {
    name: "a kill takes more than a consumer can have under way",
    kind: "kill_took_too_many",
    about: String(KILL_AT),
    plant(pair) {
      const row = rowOf(pair, "killed");
      for (let n = 0; n < 5; n += 1) {
        const to = `+1999${n}`;
        pair.tenants[0]!.submitted.push({ key: `killed-${n}`, to });
        pair.tenants[0]!.deliveries.push({ ...row, key: `killed-${n}`, id: `id-killed-${n}`, message: { to } });
      }
    },
  },
  {
    name: "a tenant sees another tenant's row",
    kind: "stranger",
    about: "theirs",
    plant: ({ tenants }) => tenants[0]!.deliveries.push(tenants[1]!.deliveries[0]!),
  },
  {
    name: "a tenant's key shows another recipient",
    kind: "stranger",
    about: "good",
    plant: (pair) => void (rowOf(pair, "good").message = { to: "+19990000" }),
  },
  {
    name: "a key has two deliveries",
    kind: "doubled_key",
    about: "good",
    plant: (pair) => pair.tenants[0]!.deliveries.push({ ...rowOf(pair, "good"), id: "another" }),
  },
  {
    name: "Meta took what nobody submitted",
    kind: "unknown_accept",
    about: "callback-x",
    plant: ({ sandbox }) => sandbox.accepts.push({ ...sandbox.accepts[0]!, to: "+19991", callbackId: "callback-x" }),
  },
  {
    name: "a message id was told and forgotten",
    kind: "missing_wamid",
    about: "good",
    plant: (pair) => void (rowOf(pair, "good").wamids = []),
  },
  {
    name: "a row is still under way",
    kind: "unfinished",
    about: "good",
    plant: (pair) => void (rowOf(pair, "good").settled = false),
  },
  {
    name: "an end says not what to do",
    kind: "bare_end",
    about: "refused",
    plant: (pair) => delete rowOf(pair, "refused").action,
  },
  {
    name: "a forged webhook was taken",
    kind: "believed_forgery",
    plant: ({ sandbox }) => void (sandbox.webhooks[0]!.believable = false),
  },
  {
    name: "a webhook still travels",
    kind: "incomplete_evidence",
    plant: ({ sandbox }) => void (sandbox.webhooks[0]!.state = "retrying"),
  },
  {
    name: "a request is still open",
    kind: "incomplete_evidence",
    plant: ({ sandbox }) => void (sandbox.requests[0]!.answer = null),
  },
  {
    name: "the sandbox has forgotten its oldest requests",
    kind: "incomplete_evidence",
    plant: ({ sandbox }) => void (sandbox.requests[0]!.n = 2),
  },
  {
    name: "the sandbox has forgotten its oldest webhooks",
    kind: "incomplete_evidence",
    plant: ({ sandbox }) => void (sandbox.webhooks[0]!.n = 2),
  },
];

for (const { name, kind, about, plant } of planted) {
  test(`planted: ${name}`, () => {
    const pair = cleanPair();
    plant(pair);
    const { findings } = compare(pair);
    const named = findings.filter((each) => each.kind === kind && (about === undefined || each.about === about));
    assert.ok(named.length > 0, `${kind} of ${about ?? "anything"} is not among ${JSON.stringify(findings)}`);
  });
}

test("every kind of finding is planted once", () => {
  const kinds: Record<Kind, true> = {
    incomplete_evidence: true,
    lost: true,
    doubled_key: true,
    stranger: true,
    unknown_accept: true,
    duplicate_accept: true,
    posted_again: true,
    unrecorded_post: true,
    two_callback_ids: true,
    believed_forgery: true,
    missing_wamid: true,
    unfinished: true,
    bare_end: true,
    state_lies: true,
    attention_missing: true,
    attention_too_much: true,
    kill_took_too_many: true,
  };
  assert.deepEqual(new Set(planted.map(({ kind }) => kind)), new Set(Object.keys(kinds)));
});

function remove<T>(list: T[], which: (item: T) => boolean): void {
  const index = list.findIndex(which);
  assert.ok(index >= 0, "there is something to remove");
  list.splice(index, 1);
}

test("a forced resend explains a second accept", () => {
  const pair = cleanPair();
  pair.sandbox.accepts.push({ ...pair.sandbox.accepts[0]!, n: 99 });
  const row: Ours = rowOf(pair, "good");
  row.timeline.push({ at: 2, event: "resend", state: "queued", reason: "forced" });
  assert.deepEqual(compare(pair).findings, []);
});
