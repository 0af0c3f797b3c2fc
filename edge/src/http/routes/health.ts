/**
 * GET /v1/health: what is configured, and what stands still. It asks nobody else, so it answers when Meta does not; with
 * `?probe=1` it asks the Graph API whether token, number and webhook subscription work. No secret is in it.
 */

import { appSecretsOf, type Env, graphOf, type Sender } from "../../env.ts";
import { lifeOf } from "../../graph-versions.ts";
import { GraphFailure, look } from "../../graph.ts";
import { catalogueOf, ledgerAt } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { UNROUTED } from "../evidence.ts";
import { type Ledgers, summariesFor } from "../ledgers.ts";
import { oneOf, queryOf } from "../query.ts";
import { sendersFor } from "../scope.ts";
import { secretName } from "../secrets.ts";

/** Something that a person should know or do. An error means that messages do not go, or that nobody hears of them. */
interface Finding {
  severity: "error" | "warning";
  what: string;
  message: string;
}

export async function health(c: RouteContext): Promise<Response> {
  const { env } = c;
  const asks = oneOf("probe", queryOf(c, "probe").probe, ["1"]) !== undefined;
  const senders = sendersFor(c);
  const ledgers = await summariesFor(c, undefined);
  const graph = { ...graphSettings(env), token: { present: Boolean(env.GRAPH_TOKEN?.trim()) } };
  const webhook = await webhookSettings(env, senders, ledgers);
  const probes =
    asks && graph.token.present ? await Promise.all(senders.map((sender) => probe(env, sender))) : undefined;
  const findings = [
    ...settingFindings(env, senders),
    ...versionFindings(graph.life),
    ...ledgers.flatMap(gateFindings),
    ...(probes ?? []).flatMap(probeFindings),
    ...(webhook.unrouted > 0
      ? [warning("unrouted", `${webhook.unrouted} webhook events are about phone numbers that SENDERS does not have`)]
      : []),
  ];
  return c.json({
    ok: findings.every(({ severity }) => severity !== "error"),
    findings,
    senders: senders.map(({ phoneNumberId, wabaId }) => ({ phoneNumberId, wabaId })),
    graph,
    webhook,
    encryption: { ledgerKey: Boolean(env.LEDGER_KEY?.trim()) },
    ...(probes !== undefined && { probes }),
    ledgers,
  });
}

function graphSettings(env: Env) {
  return { endpoint: env.GRAPH_ENDPOINT, version: env.GRAPH_VERSION, life: lifeOf(env.GRAPH_VERSION, Date.now()) };
}

async function webhookSettings(env: Env, senders: Sender[], ledgers: Ledgers) {
  const seen: Record<string, number> = {};
  for (const wabaId of new Set(senders.map((sender) => sender.wabaId))) {
    for (const [name, at] of Object.entries(await catalogueOf(env, wabaId).secretsSeen()))
      seen[name] = Math.max(seen[name] ?? 0, at);
  }
  const appSecrets = await Promise.all(
    appSecretsOf(env).map(async (_, position) => {
      const name = await secretName(env, position);
      const [kind, fingerprint] = name.split(" ");
      // By the minute: what it is for is to see which one Meta signs with while one replaces the other.
      return { position, ...(kind === "fingerprint" && { fingerprint }), lastSignedAt: seen[name] ?? null };
    }),
  );
  const heard = ledgers.flatMap(({ gate }) => gate.webhooks.heardAt ?? []);
  const { quarantined: unrouted } = await ledgerAt(env, UNROUTED).summary();
  return {
    appSecrets,
    verifyToken: Boolean(env.VERIFY_TOKEN?.trim()),
    lastHeardAt: heard.length > 0 ? Math.max(...heard) : null,
    unrouted,
  };
}

function settingFindings(env: Env, senders: Sender[]): Finding[] {
  const missing: [boolean, string, string][] = [
    [senders.length === 0, "senders", "no sender is configured for you: set SENDERS"],
    [!env.GRAPH_TOKEN?.trim(), "token", "GRAPH_TOKEN is not set: nothing can be sent"],
    [appSecretsOf(env).length === 0, "app-secrets", "APP_SECRETS is not set: no webhook is believed"],
    [!env.VERIFY_TOKEN?.trim(), "verify-token", "VERIFY_TOKEN is not set: Meta cannot subscribe"],
  ];
  const findings = missing.filter(([is]) => is).map(([, what, message]) => failure(what, message));
  if (!env.LEDGER_KEY?.trim())
    findings.push(warning("ledger-key", "LEDGER_KEY is not set: authentication messages are not taken"));
  return findings;
}

function versionFindings({ version, state, until, daysLeft }: ReturnType<typeof lifeOf>): Finding[] {
  if (state === "ended")
    return [
      failure("graph-version", `${version} of the Graph API ended on ${until}: set GRAPH_VERSION to a later one`),
    ];
  if (state === "ending")
    return [
      warning("graph-version", `${version} of the Graph API ends on ${until}, in ${daysLeft} days: plan the next one`),
    ];
  if (state === "unlisted")
    return [warning("graph-version", `nothing is known here about ${version} of the Graph API: see graph-versions.ts`)];
  return [];
}

/** Shorter waits are everyday pacing. */
const LONG_WAIT_MS = 15 * 60_000;

function gateFindings({ from, gate }: Ledgers[number]): Finding[] {
  const findings: Finding[] = [];
  const code = gate.account?.code === undefined ? "" : ` (${gate.account.code})`;
  if (gate.account) findings.push(failure("account", `Meta refuses the account of ${from}${code}: nothing is sent`));
  const until = gate.throttle?.until ?? 0;
  if (until > Date.now() + LONG_WAIT_MS)
    findings.push(failure("throttled", `Meta said that ${from} must wait until ${new Date(until).toISOString()}`));
  if (gate.transport) findings.push(failure("transport", `the Graph API could not be reached from ${from}`));
  if (gate.paused) findings.push(warning("paused", `${from} is paused by ${gate.paused.by}`));
  if (gate.webhooks.silent)
    findings.push(
      failure("webhooks", `messages of ${from} are accepted, and no webhook comes: look at the subscription`),
    );
  const held = Object.entries(gate.templates).filter(([, { hold }]) => hold);
  for (const [name] of held) findings.push(warning("template", `the template ${name} is held for ${from}`));
  return findings;
}

interface Probe {
  from: string;
  number: Answer;
  subscription: Answer & { apps?: number };
}
interface Answer {
  ok: boolean;
  /** What went wrong, and what to do about it. */
  message?: string;
  action?: string;
  code?: number;
  /** The version that answered: a later one than was asked for when that has ended. */
  version?: string;
}

/** Two GETs, which send nothing and change nothing. */
async function probe(env: Env, { phoneNumberId, wabaId }: Sender): Promise<Probe> {
  graphOf(env);
  const [number, subscription] = await Promise.all([
    asked(env, `${phoneNumberId}?fields=id`, () => ({})),
    asked(env, `${wabaId}/subscribed_apps`, (body) => {
      const apps = (body as { data?: unknown } | null)?.data;
      return { apps: Array.isArray(apps) ? apps.length : 0 };
    }),
  ]);
  return { from: phoneNumberId, number, subscription };
}

async function asked<T extends object>(
  env: Env,
  path: string,
  read: (body: unknown) => T,
): Promise<Answer & Partial<T>> {
  try {
    const { body, version } = await look(env, path);
    return { ok: true, ...read(body), ...(version !== undefined && { version }) };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const { code, action } = error.outcome;
    return { ok: false, message: error.message, action, ...(code !== undefined && { code }) } as Answer & Partial<T>;
  }
}

function probeFindings({ from, number, subscription }: Probe): Finding[] {
  const findings: Finding[] = [];
  if (!number.ok) findings.push(failure("token", `${number.message} when asked for ${from}: ${number.action}`));
  if (subscription.ok && subscription.apps === 0)
    findings.push(failure("subscription", `no app is subscribed to the account of ${from}: no webhook will come`));
  if (!subscription.ok)
    findings.push(warning("subscription", `${subscription.message} when asked for the subscriptions of ${from}`));
  return findings;
}

function failure(what: string, message: string): Finding {
  return { severity: "error", what, message };
}

function warning(what: string, message: string): Finding {
  return { severity: "warning", what, message };
}
