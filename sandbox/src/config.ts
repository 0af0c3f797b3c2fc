/** What a sandbox can be told, when it starts and while it runs. */

import { isObject } from "./shape.ts";

/** One token a message; a bucket of `burst` per recipient refills by one every `everyMs`. */
export interface PairLimit {
  burst: number;
  everyMs: number;
}

/** The part of the options that POST `/_sandbox/config` can change. */
export interface Config {
  /** The one bearer token that is taken. */
  token: string;
  /** Tokens that are known and over: they answer 190 with subcode 463. */
  expiredTokens: string[];
  /** Signs webhooks. */
  appSecret: string;
  wabaId: string;
  phoneNumberId: string;
  /** The business's own number, digits only: a send to it is 131021. */
  displayPhoneNumber: string;
  /** Where webhooks go; null sends none. Loopback only. */
  webhookUrl: string | null;
  /** The pause before each status. */
  statusDelayMs: number;
  /** What becomes of an accepted message unless a fault says otherwise. */
  statuses: string[];
  /** The first pause before a refused webhook is tried again; doubles up to a minute. */
  webhookRetryMs: number;
  /** When set, other recipients answer 131030. */
  allowedRecipients: string[] | null;
  /** When set, too many sends to one recipient answer 131056. */
  pairLimit: PairLimit | null;
  /** The pause before a created template is approved; null leaves it PENDING. */
  reviewMs: number | null;
  /** What the draws of faults with a `chance` begin with. */
  seed: string;
}

export const DEFAULTS: Config = {
  token: "sandbox-token",
  expiredTokens: ["sandbox-expired-token"],
  appSecret: "sandbox-app-secret",
  wabaId: "102290129340398",
  phoneNumberId: "106540352242922",
  displayPhoneNumber: "15550783881",
  webhookUrl: null,
  statusDelayMs: 50,
  statuses: ["sent", "delivered", "read"],
  webhookRetryMs: 250,
  allowedRecipients: null,
  pairLimit: null,
  reviewMs: 0,
  seed: "1",
};

type Check = (value: unknown) => string | null;

const text: Check = (value) => (typeof value === "string" && value !== "" ? null : "a non-empty string");
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === "string") ? null : "a list of strings";
const ms: Check = (value) =>
  typeof value === "number" && value >= 0 && Number.isFinite(value) ? null : "milliseconds, 0 or more";
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);

const CHECKS: Record<keyof Config, Check> = {
  token: text,
  expiredTokens: texts,
  appSecret: text,
  wabaId: text,
  phoneNumberId: text,
  displayPhoneNumber: text,
  webhookUrl: orNull((value) =>
    typeof value === "string" && isLoopback(value) ? null : "an http URL on loopback, or null",
  ),
  statusDelayMs: ms,
  statuses: texts,
  webhookRetryMs: ms,
  allowedRecipients: orNull(texts),
  pairLimit: orNull((value) =>
    isObject(value) && Number.isInteger(value["burst"]) && Number(value["burst"]) > 0 && ms(value["everyMs"]) === null
      ? null
      : "{burst, everyMs}, or null",
  ),
  reviewMs: orNull(ms),
  seed: text,
};

/** Only the machine itself: a stand-in must never post to anybody else. */
function isLoopback(url: string): boolean {
  return (
    URL.canParse(url) &&
    ["http:", "https:"].includes(new URL(url).protocol) &&
    ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname)
  );
}

/** Merges `changes` into `config`, or throws a sentence and changes nothing. */
export function configure(config: Config, changes: object): void {
  for (const [key, value] of Object.entries(changes)) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof Config] : undefined;
    if (!check) throw new Error(`\`${key}\` is not a setting of the sandbox; it has ${Object.keys(CHECKS).join(", ")}`);
    const wanted = check(value);
    if (wanted) throw new Error(`\`${key}\` must be ${wanted}`);
  }
  Object.assign(config, changes);
}
