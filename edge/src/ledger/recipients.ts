/** Recipients, written so that the same one is always the same text. */

/** What people, spreadsheets and copied pages put between the digits of a number: what the core passes over (src/payload/phone.rs). */
const FILLER = /[ \-./()\u00a0\u202f\u2010-\u2015\u200b\u200e\u200f\ufeff\u202a-\u202e\u2066-\u2069]/g;

/**
 * A number as its digits; anything else (a user id, a group) as it is. It reads numbers as the core does, which a test holds:
 * under a spelling that only the core knows, somebody would get what they refused, and be remembered when they asked not to be.
 */
export function normalized(recipient: string): string {
  const text = recipient.trim();
  const whole = /^(\+|00)/.test(text) ? text.replace("(0)", "") : text;
  const plain = whole.replace(FILLER, "");
  return /^\+?[0-9]+$/.test(plain) ? plain.replace(/^(\+|00(?=.))/, "") : text;
}

/** All of a message's names for whom it goes to. */
export function namesOf(message: object): string[] {
  const { pair, other } = pairsOf(message);
  return [pair, other].filter((name) => name !== null && name !== "") as string[];
}

/** Whom a message goes to. With a number and a user id the number is the one that is paced, and both can be forgotten. */
export function pairsOf(message: object): { pair: string; other: string | null } {
  const { to, recipient } = message as { to?: unknown; recipient?: unknown };
  const names = [to, recipient].filter((name) => typeof name === "string" && name !== "") as string[];
  const [pair = "", other] = names.map(normalized);
  return { pair, other: other === undefined || other === pair ? null : other };
}
