/** Recipients, written so that the same one is always the same text. */

/** A number as its digits; anything else (a user id, a group) as it is. */
export function normalized(recipient: string): string {
  const text = recipient.trim();
  return /^\+?[0-9 ().\-/]+$/.test(text) ? text.replace(/\D/g, "") : text;
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
