/** What the Worker has of the platform: the queues as wrangler.jsonc ties them together, one that fails, and the cron's call. */

import { env } from "cloudflare:workers";
import { createScheduledController, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Env } from "../../src/env.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import type { Address } from "../../src/ledger/types.ts";
import { allAddresses, ledgerAt } from "../../src/objects.ts";
import worker from "../../src/worker.ts";
import text from "../../wrangler.jsonc?raw";
import { address, request, stub } from "./tools.ts";

interface Config {
  queues: {
    producers: { queue: string; binding: string }[];
    consumers: { queue: string; dead_letter_queue?: string }[];
  };
  triggers: { crons: string[] };
}

/** Comments stand on lines of their own there; JSON knows neither them nor commas at an end. */
const config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "").replace(/,(?=\s*[\]}])/g, "")) as Config;

describe("the queues", () => {
  const { producers, consumers } = config.queues;
  const consumed = consumers.map(({ queue }) => queue);
  // The name is how the Worker knows which of its two consumers a batch is for.
  const isDead = (queue: string) => queue.endsWith("-dead");

  test("what the Worker sends has a consumer", () => {
    expect(producers.map(({ binding }) => binding)).toEqual(["NUDGES"]);
    for (const { queue } of producers) expect(consumed).toContain(queue);
  });

  test("what fails for good comes to a queue of the dead, and that one has a consumer", () => {
    const living = consumers.filter(({ queue }) => !isDead(queue));
    expect(living).not.toEqual([]);
    for (const { queue, dead_letter_queue: dead = "" } of living) {
      expect(isDead(dead), `${queue} has a queue of the dead`).toBe(true);
      expect(consumed).toContain(dead);
    }
  });

  test("a nudge that the queue did not take is sent again with the next that happens; one that it took is enough", async () => {
    let sends = 0;
    let works = false;
    const send = async () => {
      sends += 1;
      if (!works) throw new Error("the queue is not available");
    };
    await runInDurableObject(stub(), async (_, state) => {
      const ledger = new Ledger(state, { ...env, NUDGES: { send } as unknown as typeof env.NUDGES });
      const submit = (key: string) => ledger.submit(address, request([{ key }]));
      // Stored all the same: the row is the truth, and its nudge can come later.
      expect(await submit("a")).toMatchObject([{ state: "queued" }]);
      expect(sends).toBe(1);
      works = true;
      await submit("b");
      expect(sends).toBe(2);
      await submit("c");
      expect(sends).toBe(2);
    });
  });
});

describe("the cron", () => {
  const stubOf = ({ from, shard }: Address) => env.LEDGER.getByName(`${from}/${shard}`);
  const alarmOf = (ledger: Address) => runInDurableObject(stubOf(ledger), (_, state) => state.storage.getAlarm());

  test("comes every minute, as TICK_MS says", () => {
    expect(config.triggers.crons).toEqual(["* * * * *"]);
    expect(env.TICK_MS).toBe(60_000);
  });

  test("arms the stopped alarm of every ledger of every sender; one that is broken keeps it from none", async () => {
    const SENDERS = [address.from, `${address.from}7`].map((phoneNumberId) => ({ phoneNumberId, wabaId: "1" }));
    const settings = { ...env, SENDERS, SHARDS: 2 } as unknown as Env;
    const [broken, ...others] = allAddresses(settings) as [Address, ...Address[]];
    expect(others).toHaveLength(3);
    for (const each of [broken, ...others]) {
      await ledgerAt(env, each).submit(each, request([{ key: "a" }]));
      await runInDurableObject(stubOf(each), (_, { storage }) => storage.deleteAlarm());
    }
    await runInDurableObject(stubOf(broken), (_, { storage }) => storage.sql.exec("DROP TABLE deliveries"));

    await worker.scheduled(createScheduledController(), settings);
    for (const each of others) {
      expect(await alarmOf(each)).not.toBeNull();
      const { events } = await ledgerAt(env, each).events({ limit: 1_000 });
      expect(events.at(-1)).toMatchObject({ event: "alert", reason: "alarm_stopped" });
    }
  });
});
