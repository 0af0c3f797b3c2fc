/** Everything that one running sandbox knows; the routes share it. */

import type { Config } from "./config.ts";
import { Faults } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { Pairs } from "./pairs.ts";
import { SEEDS } from "./seeds.ts";
import { Statuses } from "./statuses.ts";
import { Templates } from "./templates.ts";
import { Webhooks } from "./webhooks.ts";
import type { Definition } from "./definition.ts";
import type { WebhookEntry } from "./ledger.ts";

export class State {
  readonly config: Config;
  readonly templates: Templates;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly pairs = new Pairs();
  readonly webhooks: Webhooks;
  readonly statuses: Statuses;
  readonly #seeds: readonly object[];

  constructor(config: Config, seeds: readonly object[] = SEEDS, ledgerFile: string | null = null) {
    this.config = config;
    this.#seeds = seeds;
    this.templates = new Templates(seeds);
    this.faults = new Faults(() => config.seed);
    this.ledger = new Ledger(ledgerFile);
    this.webhooks = new Webhooks(config, this.ledger);
    this.statuses = new Statuses(config, this.webhooks);
  }

  /** Back to the first minute: ledger, faults, buckets, waiting webhooks and templates; the configuration stays. */
  reset(): void {
    this.webhooks.cancel();
    this.faults.clear();
    this.pairs.reset();
    this.ledger.reset();
    this.templates.replace(this.#seeds);
  }

  /** Sets a template's status and tells the business, as a review or a pause would. */
  setTemplateStatus(definition: Definition, event: string, reason = "NONE"): Promise<WebhookEntry> {
    definition.status = STATUS_AFTER.get(event) ?? event;
    return this.webhooks.post(
      {
        object: "whatsapp_business_account",
        entry: [
          {
            id: this.config.wabaId,
            time: Math.floor(Date.now() / 1000),
            changes: [
              {
                value: {
                  event,
                  message_template_id: Number(definition.id),
                  message_template_name: definition.name,
                  message_template_language: definition.language,
                  reason,
                  message_template_category: definition.category,
                },
                field: "message_template_status_update",
              },
            ],
          },
        ],
      },
      { field: "message_template_status_update", status: event },
    );
  }
}

/** Events whose name is not the status that they lead to. */
const STATUS_AFTER = new Map([
  ["REINSTATED", "APPROVED"],
  ["FLAGGED", "APPROVED"],
  ["UNARCHIVED", "APPROVED"],
]);
