/** How the ledgers are that a caller can reach, without what is other tenants'. */

import type { LedgerSummary } from "../ledger/ledger.ts";
import type { Address } from "../ledger/types.ts";
import { ledgerAt } from "../objects.ts";
import type { RouteContext } from "./app.ts";
import { ledgersFor } from "./scope.ts";

export type Ledgers = (Address & LedgerSummary)[];

export function summariesFor(c: RouteContext, from: string | undefined): Promise<Ledgers> {
  return Promise.all(ledgersFor(c, from).map((address) => summaryOf(c, address)));
}

async function summaryOf(c: RouteContext, address: Address): Promise<Address & LedgerSummary> {
  const tenant = c.get("tenant");
  const { gate, ...summary } = await ledgerAt(c.env, address).summary(tenant);
  return { ...address, ...summary, gate: { ...gate, campaigns: ownCampaigns(tenant, gate.campaigns) } };
}

/** The gate knows campaigns as `tenant/name`; each tenant knows its own by their names. */
function ownCampaigns<T>(tenant: string, campaigns: Record<string, T>): Record<string, T> {
  const own = Object.entries(campaigns).filter(([name]) => name.startsWith(`${tenant}/`));
  return Object.fromEntries(own.map(([name, entry]) => [name.slice(tenant.length + 1), entry]));
}
