/** What a person can stop and let go on: a campaign, a sender, a template. A control is one entry in each ledger's gate. */

import { ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { readText } from "../body.ts";
import { Problem } from "../problem.ts";
import { queryOf } from "../query.ts";
import { ledgersFor } from "../scope.ts";
import { refuseUnknownTemplate } from "../templates.ts";

type Action = "pause" | "resume" | "cancel";

interface CampaignView {
  name: string;
  state: "running" | "paused" | "cancelled";
  counts: Record<string, number>;
}

/** Whatever of it is somewhere: a campaign that still runs in one ledger is not paused. */
const LIVELIEST = ["running", "paused", "cancelled"] as const;

/** GET /v1/campaigns/:name: its state, and how many of its deliveries are in which. */
export async function readCampaign(c: RouteContext): Promise<Response> {
  return c.json(await campaignOf(c, queryOf(c, "from").from));
}

/** POST /v1/campaigns/:name/{pause,resume,cancel}: in every ledger, so that none of it goes on elsewhere. */
export async function controlCampaign(c: RouteContext): Promise<Response> {
  const action = actionOf(c, ["pause", "resume", "cancel"]);
  const { from } = queryOf(c, "from");
  await withoutBody(c);
  // A mistyped name must not look as if something had been stopped.
  const { state } = await campaignOf(c, from);
  if (state === "cancelled" && action !== "cancel")
    throw new Problem("not-allowed-now", "the campaign was cancelled, which is for good", { state });
  await controlAll(c, { what: "campaign", name: campaignName(c), action }, from);
  return c.json(await campaignOf(c, from));
}

/** POST /v1/senders/:id/{pause,resume}: everything that leaves from this number. */
export async function controlSender(c: RouteContext): Promise<Response> {
  const action = actionOf(c, ["pause", "resume"]);
  queryOf(c);
  await withoutBody(c);
  const from = c.req.param("id") ?? "";
  const states = await controlAll(c, { what: "sender", action }, from);
  return c.json({ from, state: states[0] ?? action });
}

/** POST /v1/templates/:name/:language/{pause,resume}: a hold of a person's, or the end of any hold. */
export async function controlTemplate(c: RouteContext): Promise<Response> {
  const action = actionOf(c, ["pause", "resume"]);
  const { from } = queryOf(c, "from");
  await withoutBody(c);
  const { name = "", language = "" } = c.req.param() as { name?: string; language?: string };
  await refuseUnknownTemplate(c, from, name, language);
  const states = await controlAll(c, { what: "template", name: `${name}/${language}`, action }, from);
  return c.json({ template: { name, language }, state: states[0] ?? action });
}

async function controlAll(
  c: RouteContext,
  control: { what: "campaign" | "sender" | "template"; name?: string; action: Action },
  from?: string,
): Promise<string[]> {
  const by = c.get("tenant");
  const done = await Promise.all(
    ledgersFor(c, from).map((address) => ledgerAt(c.env, address).control({ ...control, by })),
  );
  const refusal = done.find(({ refused }) => refused !== undefined);
  if (refusal?.refused !== undefined) throw new Problem("not-allowed-now", refusal.refused, { state: refusal.state });
  return done.map(({ state }) => state);
}

async function campaignOf(c: RouteContext, from: string | undefined): Promise<CampaignView> {
  const name = nameOf(c);
  const found = await Promise.all(
    ledgersFor(c, from).map((address) => ledgerAt(c.env, address).campaign(c.get("tenant"), name)),
  );
  const known = found.filter((view) => view !== undefined);
  if (known.length === 0) throw new Problem("not-found", "no delivery of yours belongs to this campaign");
  const state = LIVELIEST.find((word) => known.some((view) => view.state === word)) ?? "running";
  const counts: Record<string, number> = {};
  for (const view of known) {
    for (const [word, count] of Object.entries(view.counts)) counts[word] = (counts[word] ?? 0) + count;
  }
  return { name, state, counts };
}

function nameOf(c: RouteContext): string {
  return c.req.param("name") ?? "";
}

/** Names are the tenant's own: two tenants can have the same one. */
function campaignName(c: RouteContext): string {
  return `${c.get("tenant")}/${nameOf(c)}`;
}

function actionOf(c: RouteContext, allowed: readonly Action[]): Action {
  const word = c.req.param("action") ?? "";
  const action = allowed.find((each) => each === word);
  if (action === undefined) throw new Problem("not-found", `this takes ${allowed.map((a) => `\`${a}\``).join(", ")}`);
  return action;
}

/** A control takes no options: one that is given would be ignored without a word. */
async function withoutBody(c: RouteContext): Promise<void> {
  const text = (await readText(c.req.raw, 1_000)).trim();
  if (text !== "" && text !== "{}") throw new Problem("wrong-shape", "this takes no body");
}
