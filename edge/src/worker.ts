/** The Worker: a thin shell around the core. Routes, queue, cron and the two kinds of Durable Object start here. */

import { consume, consumeDead } from "./delivery/consume.ts";
import type { QueueMessage } from "./delivery/queue.ts";
import type { Env } from "./env.ts";
import { app } from "./http/app.ts";
import { describe, log } from "./log.ts";
import { allAddresses, ledgerAt } from "./objects.ts";

export { Catalogue } from "./catalogue.ts";
export { Ledger } from "./ledger/ledger.ts";

export default {
  fetch: app.fetch,

  async queue(batch, env) {
    if (batch.queue.endsWith("-dead")) await consumeDead(batch, env);
    else await consume(batch, env);
  },

  async scheduled(_event, env) {
    for (const address of allAddresses(env)) {
      try {
        await ledgerAt(env, address).watch();
      } catch (error) {
        log("watch_failed", { ...address, error: describe(error) });
      }
    }
  },
} satisfies ExportedHandler<Env, QueueMessage>;
