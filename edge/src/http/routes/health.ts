/** GET /v1/health: what is configured and how much is where. It asks nobody else, so it answers when Meta does not. */

import { appSecretsOf, sendersOf } from "../../env.ts";
import { allAddresses, ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";

export async function health(c: RouteContext): Promise<Response> {
  const ledgers = await Promise.all(
    allAddresses(c.env).map(async (address) => ({ ...address, ...(await ledgerAt(c.env, address).summary()) })),
  );
  const configured = {
    senders: sendersOf(c.env),
    graph: { endpoint: c.env.GRAPH_ENDPOINT, version: c.env.GRAPH_VERSION, token: Boolean(c.env.GRAPH_TOKEN?.trim()) },
    webhook: { appSecrets: appSecretsOf(c.env).length, verifyToken: Boolean(c.env.VERIFY_TOKEN?.trim()) },
  };
  const ok =
    configured.senders.length > 0 &&
    configured.graph.token &&
    configured.webhook.appSecrets > 0 &&
    configured.webhook.verifyToken;
  return c.json({ ok, ...configured, ledgers });
}
