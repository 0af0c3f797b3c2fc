/** The Worker with a meter in it: what a message costs in rows, calls of the object, alarms, queue messages and bytes. */

import worker, { Catalogue, Ledger as RealLedger } from "../src/worker.ts";

export { Catalogue };

const counted: Record<string, number> = {};
const cursors: { statement: string; cursor: SqlStorageCursor<Record<string, SqlStorageValue>> }[] = [];
const count = (name: string, by = 1): void => {
  counted[name] = (counted[name] ?? 0) + by;
};

export class Ledger extends RealLedger {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    meter(ctx.storage);
    const nudges = {
      send: (...args: Parameters<Queue["send"]>) => {
        count("queue messages");
        return env.NUDGES.send(...(args as Parameters<typeof env.NUDGES.send>));
      },
    };
    super(ctx, { ...env, NUDGES: nudges as unknown as typeof env.NUDGES });
  }

  counted(): Record<string, number> {
    const rows = { "rows read": 0, "rows written": 0 };
    const by: Record<string, number> = {};
    for (const { statement, cursor } of cursors) {
      rows["rows read"] += cursor.rowsRead;
      rows["rows written"] += cursor.rowsWritten;
      if (cursor.rowsWritten > 0)
        by[`  written by ${statement}`] = (by[`  written by ${statement}`] ?? 0) + cursor.rowsWritten;
      if (cursor.rowsRead > 0) by[`  read by ${statement}`] = (by[`  read by ${statement}`] ?? 0) + cursor.rowsRead;
    }
    return { ...counted, ...rows, ...by, statements: cursors.length, bytes: this.ctx.storage.sql.databaseSize };
  }
}

// Every public call of the object is a request to it on Cloudflare's bill.
for (const name of Object.getOwnPropertyNames(RealLedger.prototype)) {
  if (name === "constructor") continue;
  const method = Reflect.get(RealLedger.prototype, name) as (...args: unknown[]) => unknown;
  Object.defineProperty(Ledger.prototype, name, {
    value(this: Ledger, ...args: unknown[]) {
      count(name === "alarm" ? "alarms" : `calls of ${name}`);
      return Reflect.apply(method, this, args);
    },
  });
}

let metered = false;

/** Once for all objects: the platform's classes are shared. */
function meter(storage: DurableObjectStorage): void {
  if (metered) return;
  metered = true;
  const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
  const { exec } = sql;
  sql.exec = function (this: SqlStorage, ...args: Parameters<SqlStorage["exec"]>) {
    const cursor = Reflect.apply(exec, this, args) as (typeof cursors)[number]["cursor"];
    cursors.push({ statement: args[0].trim().replace(/\s+/g, " ").slice(0, 44), cursor });
    return cursor;
  } as SqlStorage["exec"];
  const proto = Object.getPrototypeOf(storage) as DurableObjectStorage;
  const { setAlarm } = proto;
  proto.setAlarm = function (this: DurableObjectStorage, ...args: Parameters<DurableObjectStorage["setAlarm"]>) {
    count("alarms set");
    return Reflect.apply(setAlarm, this, args);
  };
}

export default {
  ...worker,
  async fetch(request: Request, env: Cloudflare.Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/_counted/")) {
      count("HTTP requests");
      return worker.fetch(request, env, ctx);
    }
    const ledger = env.LEDGER.getByName(decodeURIComponent(pathname.slice("/_counted/".length)));
    return Response.json(await (ledger as unknown as { counted(): Promise<object> }).counted());
  },
  async queue(batch: MessageBatch, env: Cloudflare.Env): Promise<void> {
    count("queue batches");
    await worker.queue(batch as Parameters<typeof worker.queue>[0], env);
  },
};
