/** One delivery's life, step by step, with its reasons and the raw evidence behind it. */

import type { Delivery, TimelineEntry } from "./worker.ts";

/** The way of a delivery that meets no trouble. */
const WAY = ["queued", "sending", "accepted", "sent", "delivered", "read"] as const;

export function Timeline({ delivery }: { delivery: Delivery }) {
  const { timeline, state, reason, action, code, raw, id, attempts } = delivery;
  const seen = new Map<string, number>();
  for (const entry of timeline) if (!seen.has(entry.state)) seen.set(entry.state, entry.at);
  const furthest = Math.max(...WAY.map((step, index) => (seen.has(step) ? index : -1)));
  return (
    <div class="timeline" data-testid="timeline">
      <ol class="way" aria-label="Progress">
        {WAY.map((step, index) => (
          <li class={index <= furthest ? "reached" : undefined} data-step={step}>
            <span class="step-name">{step}</span>
            <span class="step-time">{time(seen.get(step))}</span>
            {index <= furthest && <span class="unseen">reached</span>}
          </li>
        ))}
      </ol>
      {reason !== state && (
        <p class="reason">
          <span class="hint">Reason</span> <span>{words(reason)}</span>
        </p>
      )}
      {code !== undefined && (
        <p class="reason">
          <span class="hint">Meta's code</span> <code>{code}</code>
        </p>
      )}
      {action !== undefined && (
        <p class="reason">
          <span class="hint">What to do</span> <span>{action}</span>
        </p>
      )}
      <details>
        <summary>
          {timeline.length} events, {attempts === 1 ? "1 attempt" : `${attempts} attempts`}
        </summary>
        <ol class="events">
          {timeline.map((entry) => (
            <Event entry={entry} />
          ))}
        </ol>
      </details>
      {raw.length > 0 && (
        <details>
          <summary>Raw evidence</summary>
          {raw.map((piece) => (
            <pre class="payload" tabIndex={0} aria-label={`Evidence from ${piece.source}`}>
              {time(piece.at)} {piece.source}
              {"\n"}
              {piece.raw}
            </pre>
          ))}
        </details>
      )}
      <p class="hint id">{id}</p>
    </div>
  );
}

function Event({ entry: { at, event, state, reason, note, by } }: { entry: TimelineEntry }) {
  return (
    <li>
      <time dateTime={new Date(at).toISOString()}>{time(at)}</time>
      <span>
        {words(event)} → <strong>{words(state)}</strong>
        {reason !== state && <span class="hint"> {words(reason)}</span>}
        {note !== undefined && <span class="hint"> · {note}</span>}
        {by !== undefined && <span class="hint"> · by {by}</span>}
      </span>
    </li>
  );
}

function words(name: string): string {
  return name.replaceAll("_", " ");
}

function time(at: number | undefined): string {
  return at === undefined ? "" : new Date(at).toLocaleTimeString(undefined, { hourCycle: "h23" });
}
