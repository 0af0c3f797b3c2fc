/** JSON as the generators handle it. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Members = { [key: string]: Json };

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const copy = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
