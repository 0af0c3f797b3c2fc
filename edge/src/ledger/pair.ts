/** One recipient, written in one way: what pacing, suppressions and erasure go by. */

import type { Message } from "wa-preflight";

/** The digits of a number, or a user's or a group's id with its kind. */
export function pairOf({ to, recipient, recipientType }: Pick<Message, "to" | "recipient" | "recipientType">): string {
  if (recipient !== undefined) return `user:${recipient}`;
  if (recipientType === "group") return `group:${to ?? ""}`;
  return recipientName(to ?? "");
}

/** As a person writes it, or as another part of the Worker has it already. */
export function recipientName(text: string): string {
  return /^(user|group):/.test(text) ? text : text.replace(/\D/g, "");
}
