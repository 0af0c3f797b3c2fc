/** The router: which address is answered by what, who may ask, and what every answer carries. */

import { type Context, Hono } from "hono";
import { ConfigError, type Env } from "../env.ts";
import { describe, log } from "../log.ts";
import { tenantOf } from "./auth.ts";
import { check } from "./routes/check.ts";
import { actOnDelivery, createDeliveries, listDeliveries, readDelivery } from "./routes/deliveries.ts";
import { health } from "./routes/health.ts";
import { page } from "./routes/page.ts";
import { createTemplate, listTemplates } from "./routes/templates.ts";
import { receiveWebhook, verifySubscription } from "./routes/webhook.ts";
import { Problem } from "./problem.ts";

/** What a route knows beside its request. */
export interface AppTypes {
  Bindings: Env;
  Variables: { tenant: string };
}
export type RouteContext = Context<AppTypes>;

export const app = new Hono<AppTypes>();

app.use("/v1/*", async (c, next) => {
  // Before anything is read: a stranger's body costs nothing.
  c.set("tenant", await tenantOf(c.req.raw, c.env));
  await next();
  c.header("cache-control", "no-store");
  c.header("x-content-type-options", "nosniff");
});

app.post("/v1/check", check);
app.post("/v1/deliveries", createDeliveries);
app.get("/v1/deliveries", listDeliveries);
app.get("/v1/deliveries/:id", readDelivery);
app.post("/v1/deliveries/:id/:action", actOnDelivery);
app.get("/v1/templates", listTemplates);
app.post("/v1/templates", createTemplate);
app.get("/v1/health", health);
app.get("/webhook", verifySubscription);
app.post("/webhook", receiveWebhook);

const METHODS: Record<string, string> = {
  "/v1/check": "POST",
  "/v1/deliveries": "GET, POST",
  "/v1/templates": "GET, POST",
  "/v1/health": "GET",
  "/webhook": "GET, POST",
};

app.all("/v1/*", (c) => nothingFor(c));
app.all("/webhook", (c) => nothingFor(c));
app.get("*", page);

app.notFound((c) => nothingFor(c));

app.onError((error) => {
  if (error instanceof Problem) return error.toResponse();
  if (error instanceof ConfigError) return new Problem("not-configured", error.message).toResponse();
  log("request_failed", { error: describe(error) });
  return new Problem("internal", "the request failed in the Worker; its log tells where").toResponse();
});

function nothingFor(c: RouteContext): Response {
  const allow = METHODS[c.req.path];
  if (allow === undefined) return new Problem("not-found", "no route has this address").toResponse();
  return new Problem("wrong-method", `this address takes ${allow}`, {}, { allow }).toResponse();
}
