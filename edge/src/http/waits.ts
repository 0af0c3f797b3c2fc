/** Why a delivery that is due does not start: its row does not change for what concerns many. */

import type { DeliveryView, LedgerSummary } from "../ledger/ledger.ts";

export interface Wait {
  for: "sender" | "account" | "transport" | "throttled" | "campaign" | "template";
  /** What has to happen. */
  message: string;
  /** When that is tried next, as far as it is known. */
  until?: number;
}

export function waitOf(
  { tenant, campaign, template, delivery }: Pick<DeliveryView, "tenant" | "campaign" | "template" | "delivery">,
  { account, transport, throttle, paused, campaigns, templates }: LedgerSummary["gate"],
  now: number,
): Wait | undefined {
  if (delivery.state !== "queued") return undefined;
  if (paused !== undefined) return { for: "sender", message: "the sender is paused until a person resumes it" };
  if (account !== undefined)
    return { for: "account", message: "Meta refuses the account; it is asked again", until: account.nextAt };
  if (transport !== undefined)
    return { for: "transport", message: "Meta cannot be reached; it is asked again", until: transport.nextAt };
  if (throttle !== undefined && throttle.until > now)
    return { for: "throttled", message: "Meta said that this number sends too fast", until: throttle.until };
  if (campaign !== null && campaigns[`${tenant}/${campaign}`] !== undefined)
    return { for: "campaign", message: "the campaign is paused until a person resumes it" };
  const hold = templates[`${template.name}/${template.language}`]?.hold;
  if (hold === undefined) return undefined;
  const message =
    hold.until === undefined
      ? "the template is held until its definition changes or a person resumes it"
      : "the template is held; one message is tried then";
  return { for: "template", message, ...(hold.until !== undefined && { until: hold.until }) };
}
