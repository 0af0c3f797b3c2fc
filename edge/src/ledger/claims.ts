/** The claim protocol: lease, start, give back, finish. */

import { settingsOf } from "../env.ts";
import { type Book, kept, partyOf } from "./book.ts";
import type { Candidate, GateVerdict, LeaseAnswer } from "./gate-types.ts";
import { step, type Step, Unjudgeable } from "./machine.ts";
import { namesOf } from "./recipients.ts";
import type { Lane } from "./store/lanes.ts";
import { campaignOf, type Row } from "./store/rows.ts";
import type { Claim, Command, Event, Finish, Lease, Suppression } from "./types.ts";

/** A start hands out no more than a Worker can have in flight at once. */
export const MAX_STARTS = 6;

/** Where the last lease stopped in the circle of lanes. */
export interface Turn {
  lane: number;
}

/** Hands out up to `limit` due rows, fairly over what is not held. Safe to repeat: what nobody uses comes back by itself. */
export function lease(book: Book, turn: Turn, limit: number, now: number): Lease {
  const until = now + settingsOf(book.env).leaseMs;
  const { lease: answer } = book.gate.tell({ type: "lease" }, now);
  if (answer === undefined) return { ids: [] };
  const probe = answer.probe === true ? { probe: true as const } : {};
  if (!answer.allow) return { ids: [], ...probe, ...(answer.until !== undefined && { waitUntil: answer.until }) };

  const open = openLanes(book.lanes.busy(), answer);
  const ids = pick(book, turn, open, limit, now).filter((id) => leased(book, id, until, now));
  const next = Math.min(...open.map(({ dueAt }) => dueAt));
  return { ids, ...probe, ...(ids.length === 0 && next !== Infinity && { waitUntil: Math.max(next, now + 1) }) };
}

/** The lanes of which something may start. */
export function openLanes(lanes: Lane[], { heldTemplates, heldCampaigns }: LeaseAnswer): Lane[] {
  const templates = new Set(heldTemplates);
  const campaigns = new Set(heldCampaigns);
  return lanes.filter(({ template, campaign }) => !templates.has(template) && !campaigns.has(campaign));
}

/** One-time codes first; then one row of each lane after the other, so that none waits for another's million. */
function pick(book: Book, turn: Turn, open: Lane[], limit: number, now: number): string[] {
  const due = open.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.lane - b.lane);
  const codes = due.filter(({ category }) => category === "authentication");
  const others = due.filter(({ category }) => category !== "authentication");
  const after = others.findIndex(({ lane }) => lane > turn.lane);
  const circle = after < 0 ? others : [...others.slice(after), ...others.slice(0, after)];
  const first = dealt(book, codes, limit, now);
  const second = dealt(book, circle, limit - first.length, now, turn);
  return [...first, ...second];
}

function dealt(book: Book, lanes: Lane[], limit: number, now: number, turn?: Turn): string[] {
  if (lanes.length === 0 || limit <= 0) return [];
  const share = Math.ceil(limit / lanes.length);
  const hands = lanes.slice(0, limit).map(({ lane }) => ({ lane, ids: book.rows.dueIn(lane, now, share) }));
  let count = hands.reduce((sum, { ids }) => sum + ids.length, 0);
  for (const hand of hands) {
    if (count >= limit) break;
    if (hand.ids.length < share) continue;
    const more = book.rows.dueIn(hand.lane, now, limit - count, share);
    hand.ids.push(...more);
    count += more.length;
  }
  const ids: string[] = [];
  for (let round = 0; ids.length < limit; round += 1) {
    const cards = hands.filter(({ ids: hand }) => round < hand.length);
    if (cards.length === 0) break;
    for (const { lane, ids: hand } of cards.slice(0, limit - ids.length)) {
      ids.push(hand[round] as string);
      if (turn !== undefined) turn.lane = lane;
    }
  }
  return ids;
}

function leased(book: Book, id: string, until: number, now: number): boolean {
  return judged(book, id, now, (row) =>
    book.apply(row, { type: "leased", until }, now).some((command) => command.do === "leased"),
  );
}

/** What a row makes of something; false when there is none, or it cannot be judged and is set aside. */
function judged(book: Book, id: string, now: number, work: (row: Row) => boolean): boolean {
  try {
    const row = book.rows.row(id);
    return row !== undefined && work(row);
  } catch (error) {
    if (!(error instanceof Unjudgeable)) throw error;
    book.setAside(id, error, now);
    return false;
  }
}

/** Ends leases of rows that were not started. */
export function giveBack(book: Book, ids: string[], now: number): void {
  for (const id of ids)
    judged(
      book,
      id,
      now,
      (row) => book.apply(row, startEvent(book, row, crypto.randomUUID(), "given back"), now).length > 0,
    );
}

interface Wanted {
  row: Row;
  /** What the machine answers when nothing holds it. */
  free: Step;
}

/**
 * The last check before a POST, for at most six rows at once. Whoever gets a post may POST it once, and only soon after
 * the reply; without a reply nobody may. Repeating a nonce gives the same answer while the attempt is open.
 */
export function start(book: Book, ids: string[], nonce: string, now: number): Claim {
  const claim: Claim = { posts: [], definitions: {}, stale: [], refused: [], waiting: [] };
  if (ids.length === 0) return claim;
  const fresh = book.desk.useNonce(nonce, now);
  const wanted: Wanted[] = [];
  for (const id of new Set(ids)) {
    const found = judged(book, id, now, (row) => {
      const free = step(row.delivery, startEvent(book, row, nonce), now);
      const open = row.delivery.state === "sending" && row.delivery.attempt?.nonce === nonce;
      // An old request that arrives again must not take a row that was given back since.
      if (!fresh && !open) claim.refused.push({ id, reason: "stale_attempt" });
      else if (!open && free.commands.some((command) => command.do === "post")) wanted.push({ row, free });
      else answer(book, claim, row, book.store(row, free, now));
      return true;
    });
    if (!found) claim.refused.push({ id, reason: "not_found" });
  }
  const verdicts = book.gate.verdicts(
    wanted.map(({ row }) => candidate(book, row)),
    now,
  );
  wanted.forEach(({ row, free }, index) => {
    const verdict = verdicts[index];
    if (verdict !== undefined) carryOut(book, claim, row, free, verdict, nonce, now);
  });
  return claim;
}

function carryOut(
  book: Book,
  claim: Claim,
  row: Row,
  free: Step,
  verdict: GateVerdict,
  nonce: string,
  now: number,
): void {
  const { id } = row.delivery;
  switch (verdict.verdict) {
    case "go":
      book.sheet.count("starts");
      return answer(book, claim, row, book.store(row, free, now));
    case "later":
      if (verdict.why === "pace") {
        claim.waiting.push(id);
        claim.waitUntil = Math.min(claim.waitUntil ?? Infinity, verdict.until);
        return;
      }
      book.apply(row, { type: "deferred", until: verdict.until, why: verdict.why }, now);
      claim.refused.push({ id, reason: "deferred", why: verdict.why });
      return;
    case "hold":
      book.apply(row, startEvent(book, row, nonce, verdict.why), now);
      claim.refused.push({ id, reason: "hold", why: verdict.why });
      return;
    case "cancel":
      book.apply(row, { type: "cancel", by: verdict.by }, now);
      claim.refused.push({ id, reason: "cancelled" });
      return;
    case "suppressed":
      book.apply(row, { type: "suppressed", ...(verdict.code !== undefined && { code: verdict.code }) }, now);
      claim.refused.push({ id, reason: "suppressed" });
  }
}

function startEvent(book: Book, row: Row, nonce: string, hold?: string): Event {
  const { graphTimeoutMs, sendingGraceMs } = settingsOf(book.env);
  const epoch = book.desk.epoch(row.name, row.language);
  return {
    type: "start",
    nonce,
    timeoutMs: graphTimeoutMs,
    graceMs: sendingGraceMs,
    epoch,
    ...(hold !== undefined && { hold }),
  };
}

function candidate(book: Book, row: Row): Candidate {
  const campaign = campaignOf(row);
  // Only marketing can be refused: nothing else is looked up.
  const isMarketing = row.delivery.category === "marketing";
  const suppressed = isMarketing ? book.shared.strictest(namesOf(row.message)) : undefined;
  return {
    id: row.delivery.id,
    ...partyOf(row),
    pairAt: book.shared.pairAt(row.pair),
    ...(campaign !== undefined && { campaign }),
    ...(suppressed !== undefined && { suppressed: wordOf(suppressed) }),
  };
}

/** What the gate has to know of an entry of the list. */
function wordOf({ until, code }: Suppression): NonNullable<Candidate["suppressed"]> {
  return { until, ...(code !== undefined && { code }) };
}

function answer(book: Book, claim: Claim, row: Row, commands: Command[]): void {
  const { id, callbackId, epoch } = row.delivery;
  for (const command of commands) {
    if (command.do === "post") {
      claim.posts.push({
        id,
        n: command.n,
        epoch,
        definition: row.definition,
        message: { ...row.message, callbackData: callbackId },
      });
      claim.definitions[row.definition] ??= book.desk.definition(row.definition) ?? "";
    } else if (command.do === "rejudge") {
      claim.stale.push({ id, epoch: command.epoch, name: row.name, language: row.language, message: row.message });
    } else if (command.do === "refuse") {
      claim.refused.push({ id, reason: command.reason });
    }
  }
}

/** Gives starts back of which nothing was posted. */
export function abandon(book: Book, attempts: { id: string; n: number }[], nonce: string, now: number): void {
  const given = attempts.filter(({ id, n }) =>
    judged(book, id, now, (row) => !refused(book.apply(row, { type: "abandoned", n, nonce }, now))),
  );
  if (given.length > 0) book.gate.tell({ type: "given_back", ids: given.map(({ id }) => id) }, now);
}

/** Stores an outcome of an attempt with its evidence; the first one of an attempt wins. */
export function finish(book: Book, { id, n, outcome, raw }: Finish, now: number): void {
  try {
    const row = book.rows.row(id);
    if (row === undefined) throw new Unjudgeable("there is no such delivery");
    const before = row.delivery;
    const event: Event = { type: "finished", n, outcome: kept(row, outcome), random: Math.random() };
    const answer = step(before, event, now);
    book.evidence.add({
      // One attempt has one answer: the same one again, by another way, is no news.
      digest: `answer:${id}:${n}`,
      id,
      source: "answer",
      at: now,
      raw,
    });
    if (row.forgotten) book.evidence.forget(id);
    book.store(row, answer, now);
    if (refused(answer.commands)) return;
    book.sheet.count(`outcome_${outcome.class}`);
    book.gate.tell({ type: "finished", id, ...partyOf(row), outcome }, now);
  } catch (error) {
    if (!(error instanceof Unjudgeable)) throw error;
    // Trying again would not mend it, and the outcomes beside it are good; its attempt times out as unknown.
    book.poison({ at: now, kind: "finish", digest: `finish:${id}:${n}`, id, reason: error.message });
  }
}

function refused(commands: Command[]): boolean {
  return commands.some((command) => command.do === "refuse");
}
