/** The claim protocol: lease, start, finish, abandon. Who may POST what, and what came of it. */

import { settingsOf, type Env } from "../env.ts";
import { log } from "../log.ts";
import type { Book } from "./book.ts";
import { keepable } from "./retention.ts";
import type { Lane, Row } from "./store.ts";
import type { Candidate, Claim, Command, Event, Finish, GateVerdict } from "./types.ts";

/** A start hands out no more than a Worker can have in flight at once. */
export const MAX_STARTS = 6;
const NONCE_LIFE_MS = 60 * 60 * 1_000;

export interface Leased {
  ids: string[];
  /** Whoever leased is asked to GET the phone number and to tell what came back. */
  probe?: true;
  /** When asking again makes sense, when that is known. */
  waitUntil?: number;
}

/**
 * Hands out up to `limit` due rows, lane by lane: one-time codes first, then a few of each lane in turn, so that no lane
 * waits for another's million. What is held is not looked at.
 */
export function lease(book: Book, env: Env, limit: number, now: number): Leased {
  const until = now + settingsOf(env).leaseMs;
  const answer = book.tell({ type: "lease" }, now).lease;
  if (answer === undefined) return { ids: [] };
  const probe = answer.probe === true ? { probe: true as const } : {};
  if (!answer.allow) return { ids: [], ...probe, ...(answer.until !== undefined && { waitUntil: answer.until }) };
  const lanes = openLanes(book, answer);
  const ids: string[] = [];
  let share = Math.max(1, Math.ceil(limit / Math.max(1, lanes.length)));
  for (let open = lanes; open.length > 0 && ids.length < limit; share = limit) {
    open = open.filter(({ lane, rank }) => {
      const room = Math.min(limit - ids.length, rank === 0 ? limit : share);
      const rows = room > 0 ? book.store.dueIn(lane, now, room) : [];
      for (const row of rows) if (grants(book.apply(row, { type: "leased", until }, now))) ids.push(row.delivery.id);
      return rows.length === room && room > 0;
    });
  }
  return { ids, ...probe };
}

/** Lanes with something queued that nothing holds. */
export function openLanes(book: Book, held: { heldTemplates: string[]; heldCampaigns: string[] }): Lane[] {
  const templates = new Set(held.heldTemplates);
  const campaigns = new Set(held.heldCampaigns);
  return book.store
    .openLanes()
    .filter(({ template, campaign }) => !templates.has(template) && !campaigns.has(campaign));
}

function grants(commands: Command[]): boolean {
  return commands.some((command) => command.do === "leased");
}

/**
 * The last check before a POST. Whoever gets a post may POST it once, and only soon after the reply; without a reply nobody
 * may. Repeating a nonce gives the same answer while the attempt is open.
 */
export function start(book: Book, env: Env, ids: string[], nonce: string, now: number): Claim {
  const claim: Claim = { posts: [], definitions: {}, stale: [], refused: [], later: [] };
  if (ids.length === 0) return claim;
  const { graphTimeoutMs, sendingGraceMs } = settingsOf(env);
  const fresh = book.store.useNonce(nonce, now, now - NONCE_LIFE_MS);
  const begin = (row: Row, hold?: string): Command[] => {
    const epoch = book.store.epoch(row.name, row.language);
    const event: Event = { type: "start", nonce, timeoutMs: graphTimeoutMs, graceMs: sendingGraceMs, epoch };
    return book.apply(row, hold === undefined ? event : { ...event, hold }, now);
  };

  const candidates: Row[] = [];
  for (const id of ids) {
    const row = book.store.row(id);
    if (row === undefined) claim.refused.push({ id, reason: "not_found" });
    else if (row.delivery.state === "sending" && row.delivery.attempt?.nonce === nonce)
      handOut(book, claim, row, begin(row));
    // An old request that arrives again must not take a row that was given back since.
    else if (!fresh) claim.refused.push({ id, reason: "stale_attempt" });
    // What must be judged anew, or cannot start anyway, takes nobody's turn.
    else if (row.delivery.state !== "queued" || row.delivery.epoch < book.store.epoch(row.name, row.language))
      handOut(book, claim, row, begin(row));
    else candidates.push(row);
  }
  if (candidates.length === 0) return claim;

  const verdicts =
    book.tell({ type: "start", rows: candidates.map((row) => candidateOf(book, row)) }, now).verdicts ?? [];
  const givenBack: string[] = [];
  candidates.forEach((row, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined) return;
    const commands = obey(book, row, verdict, begin, now);
    if (verdict.verdict === "later" && verdict.why === "pace")
      claim.later.push({ id: verdict.id, until: verdict.until });
    if (verdict.verdict !== "go") {
      claim.refused.push({ id: verdict.id, reason: "why" in verdict ? verdict.why : verdict.verdict });
      return;
    }
    book.controls.setPair(row.recipient ?? "", verdict.pairAt);
    handOut(book, claim, row, commands);
    if (commands.some((command) => command.do === "post")) book.count("attempts");
    else givenBack.push(verdict.id);
  });
  if (givenBack.length > 0) book.tell({ type: "given_back", ids: givenBack }, now);
  return claim;
}

function obey(
  book: Book,
  row: Row,
  verdict: GateVerdict,
  begin: (row: Row, hold?: string) => Command[],
  now: number,
): Command[] {
  switch (verdict.verdict) {
    case "go":
      return begin(row);
    case "hold":
      return begin(row, verdict.why);
    case "cancel":
      return book.apply(row, { type: "cancel", by: verdict.by }, now);
    case "suppressed": {
      const code = verdict.code === undefined ? {} : { code: verdict.code };
      return book.apply(row, { type: "suppressed", ...code }, now);
    }
    case "later":
      // For the second's sake it stays with its consumer, who asks again in a moment.
      if (verdict.why === "pace") return [];
      return book.apply(row, { type: "deferred", until: verdict.until, why: verdict.why }, now);
  }
}

function candidateOf(book: Book, row: Row): Candidate {
  const pair = row.recipient ?? "";
  const campaign = book.campaignOf(row);
  const suppression = book.controls.suppression(pair);
  return {
    id: row.delivery.id,
    pair,
    pairAt: book.controls.pairAt(pair),
    template: book.templateOf(row),
    category: row.delivery.category,
    ...(campaign !== undefined && { campaign }),
    ...(suppression !== undefined && {
      suppressed: {
        until: suppression.until,
        ...(suppression.code !== undefined && { code: suppression.code }),
      },
    }),
  };
}

function handOut(book: Book, claim: Claim, row: Row, commands: Command[]): void {
  const { id, callbackId, epoch, key } = row.delivery;
  const { message, definition, name, language } = row;
  for (const command of commands) {
    if (command.do === "post" && message !== null) {
      claim.posts.push({ id, n: command.n, epoch, key, definition, message: { ...message, callbackData: callbackId } });
      claim.definitions[definition] ??= book.store.definition(definition) ?? "";
    } else if (command.do === "rejudge" && message !== null) {
      claim.stale.push({ id, epoch: command.epoch, name, language, key, message });
    } else if (command.do === "refuse") {
      claim.refused.push({ id, reason: command.reason });
    }
  }
}

/** Gives a start back. Legal only before any fetch. */
export function abandon(book: Book, attempts: { id: string; n: number }[], nonce: string, now: number): void {
  for (const { id, n } of attempts) {
    const row = book.store.row(id);
    if (row !== undefined) book.apply(row, { type: "abandoned", n, nonce }, now);
  }
  book.tell({ type: "given_back", ids: attempts.map(({ id }) => id) }, now);
}

/** Stores an attempt's outcome with its evidence; the first one of an attempt wins. */
export function finish(book: Book, { id, n, outcome, raw }: Finish, now: number): void {
  const row = book.store.row(id);
  if (row === undefined) {
    book.setAside("finish", raw, new TypeError("there is no such delivery"), now, id);
    return;
  }
  book.store.addEvidence({
    // One attempt has one answer: the same one again, by another way, is no news.
    digest: `answer:${id}:${n}`,
    id,
    source: "answer",
    at: now,
    raw: keepable(row, raw),
    ...(outcome.messageId !== undefined && { wamid: outcome.messageId }),
  });
  const open = row.delivery.attempt?.n === n && row.delivery.attempt.outcome === undefined;
  book.apply(row, { type: "finished", n, outcome, random: Math.random() }, now);
  if (!open) {
    log("finish_late", { id, n, state: outcome.class });
    return;
  }
  book.count(`outcome_${outcome.class}`);
  const { category } = row.delivery;
  const pair = row.recipient ?? "";
  book.tell({ type: "finished", id, pair, template: book.templateOf(row), category, outcome }, now);
}
