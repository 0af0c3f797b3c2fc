/** GET /v1/events: what happens to a sender's deliveries, in one order, as a stream or in pages. */

import type { Env } from "../../env.ts";
import type { Address, LedgerEvent } from "../../ledger/types.ts";
import { describe, log } from "../../log.ts";
import { ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { pageSize, queryOf, wholeNumber, wrongValue } from "../query.ts";
import { ledgersFor, senderNamed } from "../scope.ts";

/** A stream ends by itself, and its reader comes back with the last id: nothing hangs, and a new deployment reaches everyone. */
const STREAM_SECONDS = 60;
const MAX_STREAM_SECONDS = 300;
const LOOK_EVERY_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1_000;
const PAGE = 200;

/** One event as it is shown. `cursor` is where to go on after it. */
type Shown = Omit<LedgerEvent, "seq"> & { cursor: string };

export async function events(c: RouteContext): Promise<Response> {
  const { from, after, ...asked } = queryOf(c, "from", "after", "seconds", "limit");
  const limit = pageSize(asked.limit, PAGE, 1_000);
  const seconds = wholeNumber("seconds", asked.seconds) ?? STREAM_SECONDS;
  const { phoneNumberId } = senderNamed(c, from);
  const reader = new Reader(c.env, c.get("tenant"), ledgersFor(c, phoneNumberId));
  const start = c.req.header("last-event-id") ?? after;
  if (start !== undefined) reader.resume(start);

  if (/\bapplication\/json\b/i.test(c.req.header("accept") ?? "")) {
    const page = await reader.read(limit);
    return c.json({ events: page, next: reader.cursor });
  }
  const forMs = Math.min(seconds, MAX_STREAM_SECONDS) * 1_000;
  return new Response(streamOf(reader, forMs), {
    headers: { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}

/** Reads all ledgers of a sender. A cursor has the place in each: `12` with one ledger, `12.7.40` with three. */
class Reader {
  readonly #env: Env;
  readonly #tenant: string;
  readonly #addresses: Address[];
  #after: number[];

  constructor(env: Env, tenant: string, addresses: Address[]) {
    this.#env = env;
    this.#tenant = tenant;
    this.#addresses = addresses;
    this.#after = addresses.map(() => 0);
  }

  get cursor(): string {
    return this.#after.join(".");
  }

  resume(cursor: string): void {
    const places = cursor.split(".");
    if (places.length !== this.#addresses.length || !places.every((place) => /^[0-9]{1,15}$/.test(place)))
      throw wrongValue("after", "must be the id of an event of this sender, or a page's `next`");
    this.#after = places.map(Number);
  }

  /** The next events, at most `limit`; each ledger's in its own order, and all of them by time as far as that allows. */
  async read(limit: number): Promise<Shown[]> {
    for (;;) {
      const before = this.cursor;
      const shown = await this.#page(limit);
      // A page of other tenants' events alone is no end.
      if (shown.length > 0 || this.cursor === before) return shown;
    }
  }

  async #page(limit: number): Promise<Shown[]> {
    const pages = await Promise.all(
      this.#addresses.map((address, index) =>
        ledgerAt(this.#env, address).events({ tenant: this.#tenant, after: this.#after[index] ?? 0, limit }),
      ),
    );
    const waiting = pages.map(({ events }) => events.flatMap((event) => ownOf(this.#tenant, event)));
    const shown: Shown[] = [];
    while (shown.length < limit) {
      const index = earliest(waiting);
      const next = waiting[index]?.shift();
      if (next === undefined) break;
      const { seq, ...event } = next;
      this.#after[index] = seq;
      shown.push({ ...event, cursor: this.cursor });
    }
    // A ledger can have looked past events of other tenants: without what it showed left over, its place is behind those.
    pages.forEach(({ next }, index) => {
      if (waiting[index]?.length === 0) this.#after[index] = Math.max(this.#after[index] ?? 0, next);
    });
    return shown;
  }
}

/** What concerns a whole sender is everybody's who uses it; what somebody did with their own is theirs. */
function ownOf(tenant: string, event: LedgerEvent): LedgerEvent[] {
  if (event.id !== undefined) return [event];
  if (event.event === "recipient_forgotten") return event.by === tenant ? [event] : [];
  if (!event.event.startsWith("campaign_")) return [event];
  const mine = `${tenant}/`;
  return event.note?.startsWith(mine) ? [{ ...event, note: event.note.slice(mine.length) }] : [];
}

function earliest(waiting: LedgerEvent[][]): number {
  let best = -1;
  for (const [index, [first]] of waiting.entries()) {
    if (first !== undefined && (best < 0 || first.at < (waiting[best]?.[0]?.at ?? Infinity))) best = index;
  }
  return best;
}

/** Reads only as fast as it is read: a slow reader of a long past costs no memory. */
function streamOf(reader: Reader, forMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const endAt = Date.now() + forMs;
  let saidAt = Date.now();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
    },
    async pull(controller) {
      const say = (text: string) => {
        saidAt = Date.now();
        controller.enqueue(encoder.encode(text));
      };
      try {
        for (;;) {
          const found = await reader.read(PAGE);
          if (found.length > 0)
            return say(
              found.map(({ cursor, ...event }) => `id: ${cursor}\ndata: ${JSON.stringify(event)}\n\n`).join(""),
            );
          if (Date.now() >= endAt) {
            // The place goes along once more: it can be behind what this tenant was shown.
            say(`id: ${reader.cursor}\nevent: end\ndata: {}\n\n`);
            return controller.close();
          }
          if (Date.now() - saidAt >= HEARTBEAT_MS) return say(": still here\n\n");
          await scheduler.wait(Math.max(1, Math.min(LOOK_EVERY_MS, endAt - Date.now())));
        }
      } catch (error) {
        // The reader comes back to where it was; an error in the middle of a stream could tell it nothing more.
        log("events_failed", { error: describe(error) });
        controller.close();
      }
    },
  });
}
