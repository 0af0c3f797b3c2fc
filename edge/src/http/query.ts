/** Query strings: what an address knows is read, anything else is refused. A mistyped filter would show too much, or nothing. */

import type { RouteContext } from "./app.ts";
import { type Problem, shapeProblem } from "./problem.ts";
import { shortened } from "./shape.ts";

const MAX_FINDINGS = 20;

/** The parameters of the request. Every one must be `known`, and be there once, with a value. */
export function queryOf<const Name extends string>(c: RouteContext, ...known: Name[]): Partial<Record<Name, string>> {
  const given = [...new URL(c.req.url).searchParams];
  const names = new Set<string>(known);
  const wrong = given.flatMap(([name, value], index) => {
    const what = `\`${shortened(name)}\``;
    const path = [shortened(name)];
    if (!names.has(name))
      return [{ path, message: `${what} is no parameter of this address, which takes ${listed(known)}` }];
    if (value === "") return [{ path, message: `${what} has no value: leave it out` }];
    const first = given.findIndex(([other]) => other === name);
    return first === index ? [] : [{ path, message: `${what} is given more than once` }];
  });
  if (wrong.length > 0) throw shapeProblem(wrong.slice(0, MAX_FINDINGS));
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}

export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw wrongValue(name, "must be a whole number");
}

/** `limit`: never more than `most`, and never nothing. */
export function pageSize(limit: string | undefined, usual: number, most: number): number {
  const asked = wholeNumber("limit", limit) ?? usual;
  if (asked === 0) throw wrongValue("limit", "must be at least 1");
  return Math.min(asked, most);
}

/** A word of a closed list. */
export function oneOf(name: string, text: string | undefined, known: readonly string[]): string | undefined {
  if (text === undefined || known.includes(text)) return text;
  throw wrongValue(name, `is \`${shortened(text)}\`, and must be one of ${listed(known)}`);
}

export function wrongValue(name: string, what: string): Problem {
  return shapeProblem([{ path: [name], message: `\`${name}\` ${what}` }]);
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.map((word) => `\`${word}\``).join(", ");
}
