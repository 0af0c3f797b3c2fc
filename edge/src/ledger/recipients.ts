/** Recipients, written so that the same one is always the same text. The core reads numbers; here they are only looked for. */

import { recipientNames } from "./machine.ts";

/** A number as its digits; anything else (a user id, a group) as it is. */
export function normalized(recipient: string): string {
  return recipientNames(recipient)[0] as string;
}

/**
 * The same, and how else WhatsApp may know the number: a webhook names somebody in Mexico, Argentina or Brazil in another way
 * than the message to them did, and who said no under the one must not be reached under the other.
 */
export function spellings(recipient: string): string[] {
  return recipientNames(recipient);
}

/** All of a message's names for whom it goes to. */
export function namesOf(message: object): string[] {
  return given(message).flatMap(spellings);
}

/** Whom a message goes to. With a number and a user id the number is the one that is paced, and both can be forgotten. */
export function pairsOf(message: object): { pair: string; other: string | null } {
  const [pair = "", other] = given(message).map(normalized);
  return { pair, other: other === undefined || other === pair ? null : other };
}

function given({ to, recipient }: { to?: unknown; recipient?: unknown }): string[] {
  return [to, recipient].filter((name): name is string => typeof name === "string" && name !== "");
}
