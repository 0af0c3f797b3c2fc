/**
 * Each ledger's share of a webhook. Meta puts up to a thousand updates of several numbers into one body; whatever one of
 * them is, the others count, and what cannot be used is kept as it came.
 */

import type { AccountEvent, StatusEvent, TemplateEvent, WebhookEvent } from "wa-preflight";
import { type Env, sendersOf } from "../env.ts";
import { shardOf } from "../ledger/machine.ts";
import type { Address, OtherReport, StatusReport } from "../ledger/types.ts";
import { addressesOf } from "../objects.ts";

/** Where events go whose phone number is none of ours: kept, applied to nothing, and counted in health and metrics. */
export const UNROUTED: Address = { from: "unrouted", shard: 0 };

/** A row of the ledger can hold 2 MB, and a character can be three bytes; Meta's own parts have some hundred characters. */
const MAX_PART = 400_000;
/** A call to a ledger can carry 32 MiB, and a character can be two bytes. Meta's 3 MB always fit in one. */
const MAX_CALL = 8_000_000;
const MAX_WAMID = 512;
const MAX_WORD = 64;
const MAX_TEXT = 2_000;

/** What one ledger is to store. */
export interface Share {
  address: Address;
  statuses: StatusReport[];
  others: OtherReport[];
}

export function sharesOf(env: Env, events: WebhookEvent[], now: number): Share[] {
  const shares = new Map<string, Share>();
  const shareOf = (address: Address): Share => {
    const name = `${address.from}/${address.shard}`;
    const share = shares.get(name) ?? { address, statuses: [], others: [] };
    shares.set(name, share);
    return share;
  };
  for (const event of events) {
    if (event.kind === "message") {
      // What customers write concerns no delivery, and is nobody's business here: it is not kept. That a webhook came is.
      const from = knownSender(env, event.phoneNumberId);
      if (from !== undefined) for (const address of addressesOf(env, from)) shareOf(address);
    } else if (isUsable(event)) {
      for (const address of addressesFor(env, event)) addStatus(shareOf(address), event, now);
    } else {
      addOther(shareOf(homeOf(env, event)), event);
    }
  }
  return [...shares.values()].flatMap(inCalls);
}

/** A status that a row could take: it names its message and says something about it. Any other is evidence, and no more. */
function isUsable(event: WebhookEvent): event is StatusEvent {
  if (event.kind !== "status") return false;
  const { id, status } = event as StatusEvent;
  return id.length > 0 && id.length <= MAX_WAMID && status.length > 0 && status.length <= MAX_WORD;
}

/** A callback id names its shard; without one of ours every shard looks whether it knows the message. */
function addressesFor(env: Env, { phoneNumberId, callbackId }: StatusEvent): Address[] {
  const from = knownSender(env, phoneNumberId);
  if (from === undefined) return [UNROUTED];
  const shard = callbackId === undefined ? undefined : shardOf(callbackId);
  const addresses = addressesOf(env, from);
  const named = addresses.filter((address) => address.shard === shard);
  return named.length > 0 ? named : addresses;
}

/** Where an event about no delivery is kept: with its number, else with the first number of its account. */
function homeOf(env: Env, { phoneNumberId, wabaId }: WebhookEvent): Address {
  const from =
    knownSender(env, phoneNumberId) ??
    (phoneNumberId === undefined
      ? sendersOf(env).find((sender) => sender.wabaId === wabaId)?.phoneNumberId
      : undefined);
  return from === undefined ? UNROUTED : { from, shard: 0 };
}

function knownSender(env: Env, phoneNumberId: unknown): string | undefined {
  return sendersOf(env).find((sender) => sender.phoneNumberId === phoneNumberId)?.phoneNumberId;
}

function addStatus(share: Share, event: StatusEvent, now: number): void {
  const { id, status, timestamp, callbackId, errors, raw } = event;
  const [error] = errors ?? [];
  const title = error?.title ?? error?.message;
  const [head = "", ...more] = parts(raw);
  share.statuses.push({
    wamid: id,
    status,
    timestamp: timestamp ?? now,
    raw: head,
    ...(callbackId !== undefined && callbackId.length <= MAX_WAMID && { callbackId }),
    ...(error?.code !== undefined && { code: error.code }),
    ...(title !== undefined && { title: shortened(title) }),
    ...(error?.details !== undefined && { details: shortened(error.details) }),
  });
  for (const part of more) share.others.push({ kind: event.kind, raw: part });
}

function addOther(share: Share, event: WebhookEvent): void {
  const note = noteOf(event);
  for (const [index, raw] of parts(event.raw).entries())
    share.others.push({ kind: event.kind, raw, ...(index === 0 && note !== undefined && { note }) });
}

/** What happened to an account or a template, in Meta's words; no person is in it. */
function noteOf(event: WebhookEvent): string | undefined {
  if (event.kind === "account") {
    const { event: word, field } = event as AccountEvent;
    return shortened([field, word].filter(Boolean).join(": "));
  }
  if (event.kind !== "template") return undefined;
  const { name, language, change, status, category, quality, reason } = event as TemplateEvent;
  const news = [status, category, quality, reason].filter(Boolean).join(", ");
  return shortened(`${name ?? "a template"}/${language ?? "?"}: ${change}${news === "" ? "" : ` (${news})`}`);
}

/** The text, or its pieces as JSON that says which one of how many each is. */
function parts(raw: string): string[] {
  if (raw.length <= MAX_PART) return [raw];
  const pieces: string[] = [];
  for (let start = 0; start < raw.length;) {
    let end = Math.min(start + MAX_PART, raw.length);
    // Not between the two halves of a character: storage would replace each by a question mark.
    if (end < raw.length && /[\ud800-\udbff]/.test(raw.charAt(end - 1))) end -= 1;
    pieces.push(raw.slice(start, end));
    start = end;
  }
  return pieces.map((text, index) => JSON.stringify({ piece: index + 1, of: pieces.length, text }));
}

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…`.toWellFormed() : text;
}

/** One call for a share, or several when it would be too large for one. */
function inCalls(share: Share): Share[] {
  const calls: Share[] = [];
  let size = Infinity;
  const room = (raw: string): Share => {
    if (size + raw.length > MAX_CALL) {
      calls.push({ address: share.address, statuses: [], others: [] });
      size = 0;
    }
    size += raw.length;
    return calls.at(-1) as Share;
  };
  for (const status of share.statuses) room(status.raw).statuses.push(status);
  for (const other of share.others) room(other.raw).others.push(other);
  return calls.length > 0 ? calls : [share];
}
