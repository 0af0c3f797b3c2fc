/** The ledger's calls, by the names that routes use. */

import type { Env } from "../env.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Address } from "../ledger/types.ts";
import { ledgerAt, type Remote } from "../objects.ts";

export type { EventView as LedgerEvent, Summary } from "../ledger/queries.ts";
export type { Suppression } from "../ledger/types.ts";

export const callsOf = (env: Env, address: Address): Remote<Ledger> => ledgerAt(env, address);
