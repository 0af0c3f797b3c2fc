/** Numbers of a query string. */

import type { RouteContext } from "./app.ts";
import { Problem } from "./problem.ts";

export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw new Problem("wrong-shape", `\`${name}\` must be a whole number`);
}

/** `?limit=`: never more than `most`, and never nothing. */
export function pageSize(c: RouteContext, usual: number, most: number): number {
  const asked = wholeNumber("limit", c.req.query("limit")) ?? usual;
  if (asked === 0) throw new Problem("wrong-shape", "`limit` must be at least 1");
  return Math.min(asked, most);
}
