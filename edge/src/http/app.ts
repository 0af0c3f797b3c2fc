/** The router: which address is answered by what, who may ask, and what every answer carries. */

import { type Context, Hono } from "hono";
import { ConfigError, type Env } from "../env.ts";
import { describe, log } from "../log.ts";
import { tenantOf } from "./auth.ts";
import { Problem } from "./problem.ts";
import { check } from "./routes/check.ts";
import { controlCampaign, controlSender, controlTemplate, readCampaign } from "./routes/controls.ts";
import { actOnDelivery, createDeliveries, listDeliveries, readDelivery } from "./routes/deliveries.ts";
import { events } from "./routes/events.ts";
import { health } from "./routes/health.ts";
import { metrics } from "./routes/metrics.ts";
import { page } from "./routes/page.ts";
import { addSuppressions, forgetRecipient, listSuppressions, removeSuppression } from "./routes/recipients.ts";
import { summary } from "./routes/summary.ts";
import { createTemplate, listTemplates } from "./routes/templates.ts";
import { receiveWebhook, verifySubscription } from "./routes/webhook.ts";

/** What a route knows beside its request. */
export interface AppTypes {
  Bindings: Env;
  Variables: { tenant: string };
}
export type RouteContext = Context<AppTypes>;
type Handler = (c: RouteContext) => Response | Promise<Response>;

/** Every address with its methods; `:` marks a part that is the caller's. A test asks each of them without a key. */
export const ROUTES: Readonly<Record<string, Partial<Record<"GET" | "POST" | "DELETE", Handler>>>> = {
  "/v1/check": { POST: check },
  "/v1/deliveries": { GET: listDeliveries, POST: createDeliveries },
  "/v1/deliveries/:id": { GET: readDelivery },
  "/v1/deliveries/:id/:action": { POST: actOnDelivery },
  "/v1/campaigns/:name": { GET: readCampaign },
  "/v1/campaigns/:name/:action": { POST: controlCampaign },
  "/v1/senders/:id/:action": { POST: controlSender },
  "/v1/templates": { GET: listTemplates, POST: createTemplate },
  "/v1/templates/:name/:language/:action": { POST: controlTemplate },
  "/v1/suppressions": { GET: listSuppressions, POST: addSuppressions, DELETE: removeSuppression },
  "/v1/recipients": { DELETE: forgetRecipient },
  "/v1/summary": { GET: summary },
  "/v1/events": { GET: events },
  "/v1/health": { GET: health },
  "/metrics": { GET: metrics },
  "/webhook": { GET: verifySubscription, POST: receiveWebhook },
};

export const app = new Hono<AppTypes>();

for (const path of ["/v1/*", "/metrics"]) {
  app.use(path, async (c, next) => {
    // Before anything is read: a stranger's body costs nothing.
    c.set("tenant", await tenantOf(c.req.raw, c.env));
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });
}

for (const [path, handlers] of Object.entries(ROUTES)) {
  for (const [method, handler] of Object.entries(handlers)) app.on(method, path, handler);
  const allow = Object.keys(handlers).join(", ");
  app.all(path, () => new Problem("wrong-method", `this address takes ${allow}`, {}, { allow }).toResponse());
}

app.all("/v1/*", nothingHere);
app.get("*", page);
app.notFound(nothingHere);

app.onError((error) => {
  if (error instanceof Problem) return error.toResponse();
  if (error instanceof ConfigError) return new Problem("not-configured", error.message).toResponse();
  log("request_failed", { error: describe(error) });
  return new Problem("internal", "the request failed in the Worker; its log tells where").toResponse();
});

function nothingHere(): Response {
  return new Problem("not-found", "no route has this address").toResponse();
}
