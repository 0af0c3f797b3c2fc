/** Judges a waiting row again: its template has another definition than the one that it was judged with. */

import { classifyResponse, type Message, PreflightError, type Report } from "wa-preflight";
import { type Env, senderOf } from "../env.ts";
import type { Address, Claim, KnownDefinition } from "../ledger/types.ts";
import { catalogueOf, ledgerAt } from "../objects.ts";
import { categoryOf, compiled } from "../templates.ts";
import { Unreadable, unsealed } from "./secrets.ts";

/** Until the definition is known the row stays where it is. */
export async function rejudge(
  env: Env,
  address: Address,
  { id, epoch, name, language, message }: Claim["stale"][number],
): Promise<void> {
  const sender = senderOf(env, address.from);
  if (sender === undefined) return;
  const template = await catalogueOf(env, sender.wabaId).find(sender.wabaId, name, language, epoch);
  if (template === "unreachable") return;
  const ledger = ledgerAt(env, address);
  if (template === null) {
    const diagnostic = `the template \`${name}\` does not exist in \`${language}\` any more`;
    return ledger.rejudge(id, { epoch, ok: false, diagnostic });
  }
  let open: Message;
  try {
    open = await unsealed(env, id, message);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return ledger.rejudge(id, { epoch: template.epoch, ok: false, diagnostic: error.message });
  }
  const { report, category } = judged(template, open);
  // Its lease runs out, and it is judged again: a template that is paused today may be sent tomorrow.
  if (passesByItself(report)) return;
  await ledger.rejudge(id, {
    epoch: template.epoch,
    template,
    // A template that became marketing may be refused by whoever gets it.
    ...(category === "marketing" && { category }),
    ok: report.ok,
    ...(!report.ok && { diagnostic: firstError(report) }),
  });
}

/** Whether every error is one after which Meta would take the same message later: the core's table of codes says which. */
function passesByItself({ diagnostics }: Report): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return (
    errors.length > 0 &&
    errors.every(({ meta }) => meta && classifyResponse({ status: 400, body: { error: meta } }).resend === "after")
  );
}

function judged(template: KnownDefinition, message: Message): { report: Report; category?: string } {
  try {
    const usable = compiled(template);
    return { report: usable.check(message), category: categoryOf(usable) };
  } catch (error) {
    if (error instanceof PreflightError) return { report: error.report };
    throw error;
  }
}

export function firstError(report: Report): string {
  return report.diagnostics.find(({ severity }) => severity === "error")?.message ?? "preflight refuses the message";
}
