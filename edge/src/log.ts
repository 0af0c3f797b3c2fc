/**
 * One JSON line per happening. Only names, ids of ours, states and counts: no recipient, no value of a message, no token,
 * no text of an error of the network (it can quote a URL).
 */

export interface LogFields {
  id?: string;
  n?: number;
  from?: string;
  shard?: number;
  state?: string;
  reason?: string;
  code?: number | string;
  count?: number;
  ms?: number;
  /** The class of an exception and the line that threw it. */
  error?: string;
}

export function log(event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ event, ...fields }));
}

/** What may be logged of an exception: its class and where it came from, never its message. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\n\s+at (\S+(?: \[\S+ \S+\])?)/.exec(error.stack ?? "")?.[1];
  return place === undefined ? error.name : `${error.name} at ${place}`;
}
