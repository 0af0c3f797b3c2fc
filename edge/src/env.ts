/** The Worker's bindings and settings: read once per request, checked where they are read. */

import type { Catalogue } from "./catalogue.ts";
import type { GateSettings } from "./ledger/gate-types.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { QueueMessage } from "./delivery/queue.ts";

declare global {
  namespace Cloudflare {
    /** wrangler.jsonc's bindings, and the secrets that README.md lists. */
    interface Env {
      ASSETS: Fetcher;
      LEDGER: DurableObjectNamespace<Ledger>;
      CATALOGUE: DurableObjectNamespace<Catalogue>;
      NUDGES: Queue<QueueMessage>;

      SENDERS: unknown;
      SHARDS: unknown;
      GRAPH_ENDPOINT: string;
      GRAPH_VERSION: string;
      GRAPH_TIMEOUT_MS: unknown;
      SENDING_GRACE_MS: unknown;
      START_REPLY_MS: unknown;
      LEASE_MS: unknown;
      NUDGE_EVERY_MS: unknown;
      CONSUMERS: unknown;
      DRAIN_MS: unknown;
      DRAIN_MESSAGES: unknown;
      TEMPLATE_TTL_MS: unknown;
      TICK_MS: unknown;
      WAIT_MS: unknown;
      TOMBSTONE_AFTER_MS: unknown;
      TOMBSTONE_KEEP_MS: unknown;
      PER_SECOND: unknown;
      PAIR_EVERY_MS: unknown;
      PAIR_BURST: unknown;
      TEMPLATE_ERRORS: unknown;
      TRANSPORT_ERRORS: unknown;
      PROBE_MS: unknown;
      PROBE_MAX_MS: unknown;
      TRIAL_MS: unknown;
      TRIAL_MAX_MS: unknown;
      SILENCE_MS: unknown;
      SILENCE_ACCEPTS: unknown;

      GRAPH_TOKEN?: string;
      APP_SECRETS?: string;
      VERIFY_TOKEN?: string;
      API_KEYS?: string;
      /** Base64 of 32 bytes: encrypts one-time codes, and keys the fingerprints of logs and of health. */
      LEDGER_KEY?: string;
    }
  }
}

export type Env = Cloudflare.Env;

/** A phone number that this Worker sends from, and the WhatsApp Business Account whose templates it uses. */
export interface Sender {
  phoneNumberId: string;
  wabaId: string;
  /** Who may use it; everybody with a key when absent. */
  tenants?: string[];
  /** Its own pace, in place of PER_SECOND, PAIR_EVERY_MS and PAIR_BURST. */
  perSecond?: number;
  pairEveryMs?: number;
  pairBurst?: number;
}

/** A mistake in the Worker's own settings: the operator's to mend, never the caller's. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** The numbers of wrangler.jsonc's `vars`; README.md says what each is for. */
export interface Settings {
  shards: number;
  graphTimeoutMs: number;
  sendingGraceMs: number;
  startReplyMs: number;
  leaseMs: number;
  nudgeEveryMs: number;
  consumers: number;
  drainMs: number;
  drainMessages: number;
  templateTtlMs: number;
  tickMs: number;
  waitMs: number;
  tombstoneAfterMs: number;
  tombstoneKeepMs: number;
}

/** What was read of an environment. A Worker's bindings do not change while it runs; a mistake in them is never kept. */
const known = new WeakMap<Env, Settings>();

export function settingsOf(env: Env): Settings {
  const before = known.get(env);
  if (before !== undefined) return before;
  const settings = readSettings(env);
  known.set(env, settings);
  return settings;
}

function readSettings(env: Env): Settings {
  const shards = wholeNumber("SHARDS", env.SHARDS, 1);
  if (shards > 36) throw new ConfigError(`SHARDS is ${shards}; an id has one base-36 digit for it, so 36 is the most`);
  enoughFor(shards, "PER_SECOND", wholeNumber("PER_SECOND", env.PER_SECOND, 1));
  return {
    shards,
    graphTimeoutMs: wholeNumber("GRAPH_TIMEOUT_MS", env.GRAPH_TIMEOUT_MS, 1),
    sendingGraceMs: wholeNumber("SENDING_GRACE_MS", env.SENDING_GRACE_MS, 0),
    startReplyMs: wholeNumber("START_REPLY_MS", env.START_REPLY_MS, 1),
    leaseMs: wholeNumber("LEASE_MS", env.LEASE_MS, 1),
    nudgeEveryMs: wholeNumber("NUDGE_EVERY_MS", env.NUDGE_EVERY_MS, 1),
    consumers: wholeNumber("CONSUMERS", env.CONSUMERS, 1),
    drainMs: wholeNumber("DRAIN_MS", env.DRAIN_MS, 1),
    drainMessages: wholeNumber("DRAIN_MESSAGES", env.DRAIN_MESSAGES, 1),
    templateTtlMs: wholeNumber("TEMPLATE_TTL_MS", env.TEMPLATE_TTL_MS, 0),
    tickMs: wholeNumber("TICK_MS", env.TICK_MS, 1),
    waitMs: wholeNumber("WAIT_MS", env.WAIT_MS, 0),
    tombstoneAfterMs: wholeNumber("TOMBSTONE_AFTER_MS", env.TOMBSTONE_AFTER_MS, 0),
    tombstoneKeepMs: wholeNumber("TOMBSTONE_KEEP_MS", env.TOMBSTONE_KEEP_MS, 0),
  };
}

/** The gate's settings for one ledger of a sender. Its shards share the sender's second. */
export function gateSettingsOf(env: Env, from: string | undefined): GateSettings {
  const own = from === undefined ? undefined : senderOf(env, from);
  const { shards } = settingsOf(env);
  const perSecond = own?.perSecond ?? wholeNumber("PER_SECOND", env.PER_SECOND, 1);
  return {
    perSecond: Math.floor(perSecond / shards),
    pairEveryMs: own?.pairEveryMs ?? wholeNumber("PAIR_EVERY_MS", env.PAIR_EVERY_MS, 0),
    pairBurst: own?.pairBurst ?? wholeNumber("PAIR_BURST", env.PAIR_BURST, 1),
    templateErrors: wholeNumber("TEMPLATE_ERRORS", env.TEMPLATE_ERRORS, 1),
    transportErrors: wholeNumber("TRANSPORT_ERRORS", env.TRANSPORT_ERRORS, 1),
    probeMs: wholeNumber("PROBE_MS", env.PROBE_MS, 1),
    probeMaxMs: wholeNumber("PROBE_MAX_MS", env.PROBE_MAX_MS, 1),
    trialMs: wholeNumber("TRIAL_MS", env.TRIAL_MS, 1),
    trialMaxMs: wholeNumber("TRIAL_MAX_MS", env.TRIAL_MAX_MS, 1),
    silenceMs: wholeNumber("SILENCE_MS", env.SILENCE_MS, 1),
    silenceAccepts: wholeNumber("SILENCE_ACCEPTS", env.SILENCE_ACCEPTS, 1),
  };
}

/** A ledger that starts less than one message a second starts none; rounded up, all of them together would be too fast. */
function enoughFor(shards: number, name: string, perSecond: number): void {
  if (perSecond >= shards) return;
  throw new ConfigError(
    `${name} is ${perSecond} and SHARDS is ${shards}, which leaves a shard less than one start a second: ` +
      `set ${name} to at least ${shards} if the number may send so fast, or, before the first delivery, SHARDS to at most ${perSecond}`,
  );
}

export function sendersOf(env: Env): Sender[] {
  // `wrangler secret` and the dashboard give text, wrangler.jsonc gives the list itself.
  const value = typeof env.SENDERS === "string" ? parsed("SENDERS", env.SENDERS) : env.SENDERS;
  if (!Array.isArray(value)) throw new ConfigError("SENDERS must be a list of {phoneNumberId, wabaId}");
  const seen = new Set<string>();
  return value.map((item: unknown, index) => {
    const { phoneNumberId, wabaId, tenants, ...pace } = (item ?? {}) as Partial<Record<keyof Sender, unknown>>;
    if (!isDigits(phoneNumberId) || !isDigits(wabaId)) {
      throw new ConfigError(
        `SENDERS[${index}] must have the digits of a phoneNumberId and of a wabaId, each as a string`,
      );
    }
    if (seen.has(phoneNumberId)) throw new ConfigError(`SENDERS[${index}]: ${phoneNumberId} is listed twice`);
    seen.add(phoneNumberId);
    const own = paceOf(index, pace);
    if (own.perSecond !== undefined) enoughFor(settingsOf(env).shards, `SENDERS[${index}].perSecond`, own.perSecond);
    return { phoneNumberId, wabaId, ...tenantsOf(index, tenants), ...own };
  });
}

/** An empty list would look like "nobody" and a mistyped one like "everybody": neither is guessed at. */
function tenantsOf(index: number, tenants: unknown): Pick<Sender, "tenants"> {
  if (tenants === undefined) return {};
  if (Array.isArray(tenants) && tenants.length > 0 && tenants.every(isTenant)) return { tenants };
  throw new ConfigError(`SENDERS[${index}].tenants must be a list of names as API_KEYS has them`);
}

function paceOf(index: number, pace: Partial<Record<keyof Sender, unknown>>): Partial<Sender> {
  const least = { perSecond: 1, pairEveryMs: 0, pairBurst: 1 } as const;
  // `tenant` for `tenants` would open the sender to everybody.
  const unknown = Object.keys(pace).find((name) => !Object.hasOwn(least, name));
  if (unknown !== undefined) {
    const known = ["phoneNumberId", "wabaId", "tenants", ...Object.keys(least)].join(", ");
    throw new ConfigError(`SENDERS[${index}] has \`${unknown}\`, which means nothing: it takes ${known}`);
  }
  return Object.fromEntries(
    (Object.keys(least) as (keyof typeof least)[])
      .filter((name) => pace[name] !== undefined)
      .map((name) => [name, wholeNumber(`SENDERS[${index}].${name}`, pace[name], least[name])]),
  );
}

export function senderOf(env: Env, phoneNumberId: string): Sender | undefined {
  return sendersOf(env).find((sender) => sender.phoneNumberId === phoneNumberId);
}

/** Where the Graph API is and how to speak to it. */
export interface Graph {
  endpoint: string;
  version: string;
  token: string;
}

/** Checked before anything is started: a mistake here is found while every message still waits. */
export function graphOf(env: Env): Graph {
  const token = env.GRAPH_TOKEN?.trim();
  if (!token) throw new ConfigError("GRAPH_TOKEN is not set: without it nothing can be sent or fetched");
  // The token itself is in no message.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new ConfigError("GRAPH_TOKEN must be one word of printable ASCII characters");
  const { GRAPH_ENDPOINT: endpoint, GRAPH_VERSION: version } = env;
  if (!/^https?:\/\/[^?#]+$/.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError("GRAPH_ENDPOINT must be an http or https address without query");
  }
  if (!/^v\d+\.\d+$/.test(version)) throw new ConfigError("GRAPH_VERSION must look like `v25.0`");
  return { endpoint: endpoint.replace(/\/+$/, ""), version, token };
}

/** Several secrets in one: old and new live side by side while one is rotated out. */
export function appSecretsOf(env: Env): string[] {
  return words(env.APP_SECRETS);
}

/** A list in one secret: words between spaces, commas or line ends. */
export function words(text: string | undefined): string[] {
  return (text ?? "").split(/[\s,]+/).filter((word) => word !== "");
}

function isTenant(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value);
}

function isDigits(value: unknown): value is string {
  return typeof value === "string" && /^[0-9]{1,32}$/.test(value);
}

function wholeNumber(name: string, value: unknown, least: number): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < least) {
    throw new ConfigError(`${name} must be a whole number from ${least}`);
  }
  return number;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`${name} is not JSON`);
  }
}
