/** Asks Meta whether the trouble is over: a GET of the phone number, which sends nothing and changes nothing. */

import { classifyResponse } from "wa-preflight";
import { type Graph, type Settings } from "../env.ts";

export async function probe(graph: Graph, from: string, settings: Settings): Promise<{ ok: boolean; code?: number }> {
  try {
    const response = await fetch(`${graph.endpoint}/${graph.version}/${from}?fields=id`, {
      headers: { authorization: `Bearer ${graph.token}` },
      redirect: "manual",
      signal: AbortSignal.timeout(settings.graphTimeoutMs),
    });
    const body = await response.text();
    if (response.status === 200 && isObject(body)) return { ok: true };
    const { code } = classifyResponse({ status: response.status, headers: response.headers, body });
    return { ok: false, ...(code !== undefined && { code }) };
  } catch {
    return { ok: false };
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "id" in value;
  } catch {
    return false;
  }
}
