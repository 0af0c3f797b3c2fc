/** Times that callers give. A wrong unit lands decades away, where it would send at once or never: it is told, not taken. */

import * as v from "valibot";

const WHAT = "must be a time: milliseconds since 1970, or ISO 8601 text with its offset";
const DAY_MS = 86_400_000;
/** Nothing here is older, and nobody plans for later: what is between them in another unit was meant in that unit. */
const FIRST_TIME = Date.UTC(2020);
const LATEST_MEANT = Date.UTC(2100);
/** The last one that a Date can hold. */
const LAST_TIME = 8.64e15;
const UNITS: [string, number][] = [
  ["seconds", 1_000],
  ["microseconds", 1 / 1_000],
  ["nanoseconds", 1 / 1_000_000],
];
/** How far ahead anything is planned. What is further away is a slip of the year. */
const MOST_DAYS_AHEAD = 365;
/** A `sendAt` that has passed means now, for a caller whose own queue was slow; an older one is a slip, and a wave of messages. */
const MOST_LATE_MS = DAY_MS;

interface Finding {
  path: string[];
  message: string;
}

const said = (fault: (ms: number) => string | undefined) =>
  v.rawCheck<number>(({ dataset, addIssue }) => {
    const message = dataset.typed ? fault(dataset.value) : undefined;
    if (message !== undefined) addIssue({ message });
  });

/** Any time, as milliseconds. */
const time = v.pipe(
  v.union([v.string(), v.number()], WHAT),
  v.transform((given) => (typeof given === "number" ? given : zoned(given))),
  said((ms) => {
    const unit = UNITS.find(([, inMs]) => ms * inMs >= FIRST_TIME && ms * inMs < LATEST_MEANT);
    if (unit !== undefined) return `looks like ${unit[0]}, and must be in milliseconds: ${Math.round(ms * unit[1])}`;
    if (!Number.isSafeInteger(ms) || ms > LAST_TIME) return WHAT;
    return ms < FIRST_TIME ? `is ${iso(ms)}, which nobody means: it ${WHAT}` : undefined;
  }),
);

const toCome = said((ms) => (ms > Date.now() ? undefined : `must be a time to come, and ${iso(ms)} has passed`));

/** A time to come, however far. */
export const comingTime = v.pipe(time, toCome);

/** A time that something is planned for. Whether it has passed matters to new messages alone: see `tooLate`. */
export const plannedTime = v.pipe(
  time,
  said((ms) =>
    ms <= Date.now() + MOST_DAYS_AHEAD * DAY_MS
      ? undefined
      : `must be at most ${MOST_DAYS_AHEAD} days from now, and is ${iso(ms)}`,
  ),
);

/** A deadline of something that begins now. */
export const deadline = v.pipe(plannedTime, toCome);

interface Schedule {
  sendAt?: number | undefined;
  expiresAt?: number | undefined;
}

/** What is wrong with a schedule whenever one looks at it. */
export function notInOrder({ sendAt, expiresAt }: Schedule): Finding | undefined {
  if (sendAt === undefined || expiresAt === undefined || sendAt < expiresAt) return undefined;
  return {
    path: ["expiresAt"],
    message: `\`expiresAt\` must be after \`sendAt\`: ${iso(expiresAt)} is not after ${iso(sendAt)}`,
  };
}

/**
 * Why nothing new can be queued under a schedule. A request that is repeated after its time, because its answer was lost, is
 * still told what became of its messages.
 */
export function tooLate({ sendAt, expiresAt }: Schedule, now: number): Finding | undefined {
  if (expiresAt !== undefined && expiresAt <= now)
    return {
      path: ["expiresAt"],
      message: `\`expiresAt\` must be a time to come, and ${iso(expiresAt)} has passed: nothing new was queued`,
    };
  if (sendAt !== undefined && sendAt < now - MOST_LATE_MS)
    return {
      path: ["sendAt"],
      message: `\`sendAt\` is ${iso(sendAt)}, more than a day ago; leave it out to send now: nothing new was queued`,
    };
  return undefined;
}

/** Text without an offset would mean another time on another machine. */
function zoned(text: string): number {
  const [, day, hours] = /^(\d{4}-\d\d-\d\d)T(\d\d):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  // What no calendar has would be the day after: 30 February, or 24 o'clock.
  const isDay =
    day !== undefined && new Date(`${day}T00:00Z`).getTime() >= 0 && iso(Date.parse(`${day}T00:00Z`)).startsWith(day);
  return isDay && hours !== "24" ? Date.parse(text) : Number.NaN;
}

function iso(ms: number): string {
  return Math.abs(ms) <= LAST_TIME ? new Date(ms).toISOString() : String(ms);
}
