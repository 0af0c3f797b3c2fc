/** What became of the rows. */

import { useSignal } from "@preact/signals";
import { type BatchTotals, type Rule, rules } from "wa-preflight";
import { FindingWords, SeverityMark } from "../shared/findings.tsx";
import { Words } from "../shared/words.tsx";
import { downloads, file, isStale, type Run, run } from "./batch.ts";
import { number, rows } from "./numbers.ts";
import type { Judged } from "./protocol.ts";

const RULES = new Map<string, Rule>(rules().map((rule) => [rule.code, rule]));
const AT_ONCE = 10;

export function Result() {
  const now = run.value;
  return (
    <>
      {/* Stays in the page, so that a screen reader hears what comes into it. */}
      <p role="status" class={now === undefined || now.state === "running" ? "unseen" : "batch-verdict"}>
        {verdict(now)}
      </p>
      {now?.state === "failed" && (
        <ul class="field-findings">
          {now.diagnostics.map(({ severity, message }) => (
            <li class={severity}>
              <SeverityMark severity={severity} />
              <span class="words">
                <Words text={message} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {now?.state === "done" && <Done judged={now.judged} />}
    </>
  );
}

function verdict(now: Run | undefined): string {
  switch (now?.state) {
    case undefined:
      return "";
    case "running":
      return "Judging.";
    case "cancelled":
      return `Cancelled after ${rows(now.totals.accepted + now.totals.rejectedRows)}. Nothing was kept.`;
    case "failed":
      return `The file could not be judged: ${now.message}`;
    case "done": {
      const { accepted, rejectedRows } = now.judged.totals;
      const all = accepted + rejectedRows;
      if (all === 0) return "There is no row in this file.";
      const seconds = (now.judged.milliseconds / 1_000).toFixed(1);
      return `${rows(all)} judged in ${seconds} s: ${rejectedRows === 0 ? "all can be sent." : `${rows(rejectedRows)} cannot be sent.`}`;
    }
  }
}

function Done({ judged }: { judged: Judged }) {
  const { totals, rejected } = judged;
  return (
    <>
      <Counts totals={totals} />
      {isStale.value ? (
        <p class="notice">The template or the settings have changed since: judge the file again.</p>
      ) : (
        <Downloads totals={totals} />
      )}
      <Summary totals={totals} />
      <Rejected rejected={rejected} total={totals.rejectedRows} />
    </>
  );
}

function Counts({ totals: { accepted, rejectedRows, changedRows } }: { totals: BatchTotals }) {
  return (
    <dl class="counts">
      <div class="good">
        <dt>Accepted</dt>
        <dd data-testid="accepted">{number(accepted)}</dd>
      </div>
      <div class={rejectedRows > 0 ? "bad" : undefined}>
        <dt>Rejected</dt>
        <dd data-testid="rejected">{number(rejectedRows)}</dd>
      </div>
      <div>
        <dt>Changed</dt>
        <dd data-testid="changed">{number(changedRows)}</dd>
      </div>
    </dl>
  );
}

function Downloads({ totals: { accepted, rejectedRows } }: { totals: BatchTotals }) {
  const urls = downloads.value;
  const name = (file.value?.name ?? "rows").replace(/\.[^.]*$/, "");
  if (urls === undefined) return null;
  return (
    <div class="adders">
      {accepted > 0 && (
        <a class="quiet" href={urls.payloads} download={`${name}.payloads.ndjson`}>
          Download {number(accepted)} {accepted === 1 ? "payload" : "payloads"}
          {rejectedRows > 0 && ", without the rejected rows"}
        </a>
      )}
      {rejectedRows > 0 && (
        <a class="quiet" href={urls.rejections} download={`${name}.rejected.csv`}>
          Download the rejected rows
        </a>
      )}
    </div>
  );
}

/** Which rules were broken, the most frequent first. */
function Summary({ totals: { summary } }: { totals: BatchTotals }) {
  const broken = Object.entries(summary).sort(([, a], [, b]) => b - a);
  if (broken.length === 0) return null;
  return (
    <section aria-label="By rule" class="by-rule">
      <h3>By rule</h3>
      <ul>
        {broken.map(([code, count]) => {
          const rule = RULES.get(code);
          return (
            <li data-code={code}>
              <SeverityMark severity={rule?.severity ?? "info"} />
              <span class="words">
                <Words text={rule?.what ?? code} /> <code class="key">{code}</code>
              </span>
              <span class="rule-count">{number(count)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Rejected({ rejected, total }: { rejected: Judged["rejected"]; total: number }) {
  const shown = useSignal(AT_ONCE);
  if (rejected.length === 0) return null;
  return (
    <section aria-label="Rejected rows" class="rejected-rows">
      <h3>{total > rejected.length ? `The first ${number(rejected.length)} rejected rows` : "Rejected rows"}</h3>
      <ol>
        {rejected.slice(0, shown.value).map(({ row, line, to, diagnostics }) => (
          <li data-row={row}>
            <p class="row-head">
              <strong>Row {number(row + 1)}</strong>
              <span class="hint">line {number(line)}</span>
              {to !== undefined && <code>{to}</code>}
            </p>
            <ul class="field-findings">
              {diagnostics.slice(0, AT_ONCE).map((diagnostic) => (
                <li class={diagnostic.severity}>
                  <FindingWords {...diagnostic} parameter={diagnostic.key} />
                </li>
              ))}
            </ul>
            {diagnostics.length > AT_ONCE && <p class="hint">And {diagnostics.length - AT_ONCE} more.</p>}
          </li>
        ))}
      </ol>
      {shown.value < rejected.length && (
        <div class="adders">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              shown.value += 50;
            }}
          >
            Show more rejected rows
          </button>
        </div>
      )}
    </section>
  );
}
