/** Meta's own word on one message, read from the sandbox's ledger: what a row must be in the end. */

import type { Accept, RequestEntry, WebhookEntry } from "@wa-preflight/sandbox";

export interface Claim {
  /** States that say the same. */
  states: string[];
  /** The code of a failure, as the last word had it. */
  code?: number;
  /** Neither answer nor webhook told anything: a person must look. */
  withheld: boolean;
  /** Whether a webhook told what became of it. */
  told: boolean;
  /** Message ids that Meta told us. */
  wamids: string[];
  /** A clause for messages: "said read". */
  why: string;
}

/** Codes that leave open whether the message was taken, whatever the HTTP status is. */
const AMBIGUOUS = new Set([1, 2, 131000, 131016, 133004]);
/** Codes after which the same message may be taken later: its deadline can come first. */
const PASSING = new Set([4, 17, 613, 80007, 130429, 131053, 131056, 131057, 132015, 132069]);
/** Codes that refuse the sender and not the message: it waits for the account until its deadline. */
const OF_THE_ACCOUNT = new Set([3, 10, 190, 200, 368, 131005, 131031, 131042, 131045, 131048, 133010]);

/** `heardAnswer` is false when a kill took the consumer before it could tell what the last answer was. */
export function claimOf(
  posts: RequestEntry[],
  accepts: Accept[],
  webhooks: WebhookEntry[],
  heardAnswer: boolean,
): Claim {
  const last = posts.at(-1);
  const named = accepts.filter((accept) =>
    posts.some(({ wamid, answer }) => wamid === accept.wamid && answer?.said === "accepted"),
  );
  const told = webhooks.filter(({ state, believable }) => state === "delivered" && believable);
  // A status that names nobody is joined by its message id, and that must have been told by somebody.
  const known = new Set(heardAnswer ? named.map(({ wamid }) => wamid) : []);
  for (const webhook of told) if (callbackDataOf(webhook) !== undefined) known.add(webhook.wamid ?? "");
  const heard = told.filter(({ wamid }) => known.has(wamid ?? ""));
  const base = { withheld: false, told: heard.length > 0, wamids: [...known] };

  if (heard.length > 0) return { ...base, ...joined(heard) };
  if (accepts.length > 0) {
    const withheld = named.length === 0;
    // Answered into a kill, and no webhook named it: only that kill explains why a person must look.
    const states = withheld || heardAnswer ? ["needs_attention"] : [];
    return { ...base, withheld, states, why: "took it and told nothing more" };
  }
  if (last === undefined) {
    return { ...base, states: ["expired", "cancelled", "rejected", "closed"], why: "never saw it" };
  }
  const { said, code } = last.answer ?? { said: "nothing", code: null };
  if (said !== "refused" || code === null || AMBIGUOUS.has(code)) {
    return { ...base, withheld: true, states: ["needs_attention"], why: "left open whether it took it" };
  }
  const why = `refused it with ${code}`;
  if (PASSING.has(code)) return { ...base, states: ["failed", "expired"], code, why };
  if (OF_THE_ACCOUNT.has(code)) return { ...base, states: ["expired"], code, why };
  return { ...base, states: ["failed"], code, why };
}

/** The join of all statuses: order and repetition do not matter. */
function joined(webhooks: WebhookEntry[]): Pick<Claim, "states" | "code" | "why"> {
  const said = new Set(webhooks.map(({ status }) => status ?? ""));
  const why = `said ${[...said].join(", ")}`;
  const arrived = said.has("read") ? "read" : said.has("delivered") ? "delivered" : undefined;
  if (said.has("failed")) {
    const code = failureOf(webhooks.find(({ status }) => status === "failed"));
    return { states: [arrived === undefined ? "failed" : "conflict"], ...(code !== undefined && { code }), why };
  }
  // What left and never arrived is a person's business, once its deadline has passed.
  return { states: [arrived ?? "needs_attention"], why };
}

/** The callback id that a status webhook carried. */
export function callbackDataOf(webhook: WebhookEntry): string | undefined {
  return statusOf(webhook)?.biz_opaque_callback_data;
}

function failureOf(webhook: WebhookEntry | undefined): number | undefined {
  return webhook === undefined ? undefined : statusOf(webhook)?.errors?.[0]?.code;
}

interface Status {
  biz_opaque_callback_data?: string;
  errors?: { code?: number }[];
}

function statusOf({ body }: WebhookEntry): Status | undefined {
  const { entry } = JSON.parse(body) as { entry?: { changes?: { value?: { statuses?: Status[] } }[] }[] };
  return entry?.[0]?.changes?.[0]?.value?.statuses?.[0];
}
