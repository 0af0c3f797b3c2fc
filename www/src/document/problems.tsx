/** Every finding about the definition, in document order. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { counted, Fixes, SeverityMark } from "../shared/findings.tsx";
import { readable } from "../shared/json.ts";
import { report, text } from "./document.ts";
import { jump } from "./place.ts";
import { Why } from "./why.tsx";
import { Words } from "../shared/words.tsx";

/** A list that nobody reads to its end must not slow down typing. */
const SHOWN = 200;

export function Problems() {
  const { diagnostics, ok, complete } = report.value;
  return (
    <section class="problems" aria-labelledby="problems-title">
      <h3 id="problems-title">
        Problems <span class="count">{diagnostics.length}</span>
      </h3>
      <Spoken words={ok ? verdict(complete, diagnostics.length) : counted(diagnostics)} />
      {diagnostics.length === 0 ? (
        <p class="fine">{verdict(complete, 0)}</p>
      ) : (
        <ol>
          {diagnostics.slice(0, SHOWN).map((diagnostic) => (
            <li
              class={`problem ${diagnostic.severity}`}
              data-code={diagnostic.code}
              key={`${diagnostic.code} ${diagnostic.path.join()} ${diagnostic.span?.start}`}
            >
              <SeverityMark severity={diagnostic.severity} />
              <div class="words">
                <p>
                  <Words text={diagnostic.message} />
                </p>
                {diagnostic.help !== undefined && (
                  <p class="help">
                    <Words text={diagnostic.help} />
                  </p>
                )}
                <p class="place">
                  {diagnostic.source === undefined ? (
                    <code>{readable(diagnostic.path)}</code>
                  ) : (
                    <button
                      type="button"
                      class="link"
                      onClick={() => diagnostic.source && jump(diagnostic.source)}
                      title="Show it in the JSON"
                    >
                      <code>{readable(diagnostic.path) || "definition"}</code> · line {lineOf(diagnostic.source.start)}
                    </button>
                  )}
                  <Why code={diagnostic.code} />
                </p>
              </div>
              <Fixes diagnostic={diagnostic} />
            </li>
          ))}
        </ol>
      )}
      {diagnostics.length > SHOWN && (
        <p class="fine">And {diagnostics.length - SHOWN} more: they show as these are mended.</p>
      )}
    </section>
  );
}

function verdict(complete: boolean, notes: number): string {
  if (!complete) return "No error was found, but something could not be judged.";
  return notes === 0
    ? "No problems: Meta should take this definition."
    : "No errors: Meta should take this definition.";
}

function lineOf(offset: number): number {
  return text.value.slice(0, offset).split("\n").length;
}

/** The summary for screen readers, once typing pauses: not at each keystroke. */
function Spoken({ words }: { words: string }) {
  const said = useSignal(words);
  useEffect(() => {
    const timer = setTimeout(() => {
      said.value = words;
    }, 800);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said.value}
    </p>
  );
}
