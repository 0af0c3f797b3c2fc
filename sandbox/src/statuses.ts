/** What becomes of an accepted message: the status webhooks that follow it, as planned or as a fault bends them. */

import { errorOf } from "./answers.ts";
import type { Config } from "./config.ts";
import { titleOf } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { Accept, WebhookEntry } from "./ledger.ts";
import type { WebhookMeta, Webhooks } from "./webhooks.ts";

/** One status to be sent: its name, and for `failed` the reason. */
interface Step {
  status: string;
  /** `{code, details?}` of a failure. */
  failure?: Record<string, unknown>;
}

interface Plan {
  before: Step[];
  after: Step[];
  copies: number;
  extraDelayMs: number;
  meta: Pick<WebhookMeta, "signature" | "retry">;
  callbackData: boolean;
}

/** The two halves of a plan: one is awaited before the answer leaves, the other runs after it. */
export interface Scheduled {
  before(): Promise<void>;
  after(): void;
}

const HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
/** What a failure says when the fault names no code: the recipient has no WhatsApp. */
const DEFAULT_FAILURE = 131026;

export class Statuses {
  readonly #config: Config;
  readonly #webhooks: Webhooks;

  constructor(config: Config, webhooks: Webhooks) {
    this.#config = config;
    this.#webhooks = webhooks;
  }

  schedule(accept: Accept, answer: Fault | undefined, webhook: Fault | undefined): Scheduled {
    const plan = this.#plan(answer, webhook);
    return {
      before: async () => {
        for (const step of plan.before) await this.#send(accept, step, plan);
      },
      after: () => void this.#run(accept, plan),
    };
  }

  /** Posts one status now. */
  emit(
    accept: Accept,
    status: string,
    failure: Record<string, unknown> = {},
    meta: Partial<WebhookMeta> = {},
  ): Promise<WebhookEntry> {
    return this.#webhooks.post(this.#envelope(accept, { status, failure }, true), {
      field: "messages",
      wamid: accept.wamid,
      callbackId: accept.callbackId,
      status,
      ...meta,
    });
  }

  async #run(accept: Accept, plan: Plan): Promise<void> {
    let pause = plan.extraDelayMs;
    for (const step of plan.after) {
      // Only the first attempt is waited for: a deaf endpoint does not hold up the next status.
      await this.#webhooks.after(pause + this.#config.statusDelayMs, () => this.#send(accept, step, plan));
      pause = 0;
    }
  }

  async #send(accept: Accept, step: Step, plan: Plan): Promise<void> {
    const body = this.#envelope(accept, step, plan.callbackData);
    const meta = {
      field: "messages",
      wamid: accept.wamid,
      callbackId: accept.callbackId,
      status: step.status,
      ...plan.meta,
    };
    await Promise.all(Array.from({ length: plan.copies }, () => this.#webhooks.post(body, meta)));
  }

  #plan(answer: Fault | undefined, webhook: Fault | undefined): Plan {
    const plan: Plan = {
      before: [],
      after: this.#config.statuses.map((status) => ({ status })),
      copies: 1,
      extraDelayMs: 0,
      meta: {},
      callbackData: true,
    };
    if (answer?.kind === "held") plan.after = steps(answer.params["statuses"] ?? [], answer.params);
    if (typeof answer?.params["afterMs"] === "number") plan.extraDelayMs = answer.params["afterMs"];
    if (!webhook) return plan;
    const { kind, params } = webhook;
    if (kind === "webhook_none") plan.after = [];
    if (kind === "webhook_before_answer") {
      const early = typeof params["count"] === "number" ? params["count"] : 1;
      plan.before = plan.after.splice(0, early);
    }
    if (kind === "webhook_duplicate") plan.copies = typeof params["copies"] === "number" ? params["copies"] : 2;
    if (kind === "webhook_out_of_order") {
      plan.after = Array.isArray(params["order"]) ? steps(params["order"], params) : plan.after.reverse();
    }
    if (kind === "webhook_failed") plan.after = steps([...list(params["after"]), "failed"], params);
    if (kind === "webhook_statuses") plan.after = steps(params["statuses"], params);
    if (kind === "webhook_delay") plan.extraDelayMs += Number(params["ms"] ?? 1000);
    if (kind === "webhook_bad_signature") plan.meta = { signature: "bad", retry: false };
    if (kind === "webhook_no_callback_data") plan.callbackData = false;
    return plan;
  }

  #envelope(accept: Accept, { status, failure }: Step, callbackData: boolean): object {
    const contact = {
      ...(accept.waId ? { wa_id: accept.waId } : {}),
      ...(accept.userId ? { user_id: accept.userId } : {}),
    };
    return {
      object: "whatsapp_business_account",
      entry: [
        {
          id: this.#config.wabaId,
          changes: [
            {
              value: {
                messaging_product: "whatsapp",
                metadata: {
                  display_phone_number: this.#config.displayPhoneNumber,
                  phone_number_id: this.#config.phoneNumberId,
                },
                ...(status === "failed" ? {} : { contacts: [{ profile: { name: "Zoë 🌻" }, ...contact }] }),
                statuses: [
                  {
                    id: accept.wamid,
                    status,
                    timestamp: String(Math.floor(Date.now() / 1000)),
                    ...recipientOf(accept),
                    ...(callbackData && accept.callbackId !== null
                      ? { biz_opaque_callback_data: accept.callbackId }
                      : {}),
                    ...(status === "sent" || status === "delivered" ? { pricing: pricingOf(accept) } : {}),
                    ...(status === "failed" ? { errors: [failureOf(failure ?? {})] } : {}),
                  },
                ],
              },
              field: "messages",
            },
          ],
        },
      ],
    };
  }
}

function recipientOf({ to, waId, userId }: Accept): object {
  if (waId !== null) return { recipient_id: waId };
  if (userId !== null) return { recipient_user_id: userId };
  return { recipient_id: to, recipient_type: "group" };
}

function steps(value: unknown, failure: Record<string, unknown>): Step[] {
  return list(value).map((status) => ({ status, ...(status === "failed" ? { failure } : {}) }));
}

function list(value: unknown): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((each): each is string => typeof each === "string");
}

function pricingOf({ category }: Accept): object {
  return { billable: true, pricing_model: "PMP", type: "regular", category: category.toLowerCase() };
}

function failureOf(params: Record<string, unknown>): object {
  const { code } = errorOf(params, DEFAULT_FAILURE);
  const title = titleOf(code);
  const details = typeof params["details"] === "string" ? params["details"] : `${title}.`;
  return { code, title, message: title, error_data: { details }, href: HREF };
}
