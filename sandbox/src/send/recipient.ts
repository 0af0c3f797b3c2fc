/** To whom: phone numbers as Meta reads them, groups, and business-scoped user ids. */

import { GraphError } from "../errors.ts";
import { asString, exactly, member, required, type Json } from "../shape.ts";

export interface Recipient {
  /** As it was sent. */
  input: string;
  /** Digits only; null for a group or a business-scoped user id. */
  waId: string | null;
  userId: string | null;
}

const USER_ID = /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/;

/** `to` wins over `recipient` when both are given. */
export function readRecipient(owner: Json): Recipient {
  const type = member(owner, "recipient_type") ?? "individual";
  const isGroup = exactly(type, ["individual", "group"], "recipient_type") === "group";
  const user = member(owner, "recipient");
  if (user !== undefined) {
    const input = asString(user, "recipient");
    if (!USER_ID.test(input)) {
      throw new GraphError(131009, { details: "The recipient is not a valid business-scoped user ID." });
    }
    if (member(owner, "to") === undefined) return { input, waId: null, userId: input };
  }
  const input = asString(required(owner, "to"), "to");
  return { input, waId: isGroup ? null : waIdOf(input), userId: null };
}

/**
 * The id under which WhatsApp knows a number. It is not always the digits that were sent:
 * a Mexican mobile gains a 1, as it does at Meta, so that nobody may join a status by phone number.
 */
export function waIdOf(input: string): string {
  const digits = input.replace(/[ ()+-]/g, "");
  if (!/^[1-9]\d{6,14}$/.test(digits) || input.lastIndexOf("+") > 0) {
    throw new GraphError(131009, { details: "The phone number is malformed: Please use the format: +1234567890." });
  }
  return /^52[2-9]\d{9}$/.test(digits) ? `521${digits.slice(2)}` : digits;
}
