/** The exact body of the POST. */

import { useSignal } from "@preact/signals";
import { payload } from "../message/message.ts";
import { FindingWords } from "../shared/findings.tsx";
import { report } from "../shared/failure.ts";

const SHOWN = 20;

export function PayloadPanel() {
  const exact = useSignal(false);
  const copied = useSignal(false);
  const built = payload.value;
  if (built === undefined) return <p class="notice">There is no payload yet: the definition comes first.</p>;
  if ("refusal" in built) {
    const errors = built.refusal.diagnostics.filter(({ severity }) => severity === "error");
    return (
      <div class="refused">
        <p>Nothing is built that Meta would refuse. Still open:</p>
        <ul class="field-findings">
          {errors.slice(0, SHOWN).map((diagnostic) => (
            <li class={diagnostic.severity}>
              <FindingWords {...diagnostic} />
            </li>
          ))}
        </ul>
        {errors.length > SHOWN && <p class="hint">And {errors.length - SHOWN} more.</p>}
      </div>
    );
  }
  const { text } = built;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = true;
      setTimeout(() => {
        copied.value = false;
      }, 1_500);
    } catch (error) {
      report(error);
    }
  };
  return (
    <>
      <div class="payload-head">
        <label class="check">
          <input
            type="checkbox"
            checked={exact.value}
            onChange={(event) => {
              exact.value = event.currentTarget.checked;
            }}
          />{" "}
          Byte for byte
        </label>
        <span class="hint">{new TextEncoder().encode(text).length} bytes</span>
        <button type="button" class="quiet" onClick={copy}>
          {copied.value ? "Copied" : "Copy"}
        </button>
      </div>
      <pre class="payload" data-testid="payload" tabIndex={0} aria-label="Payload">
        {exact.value ? text : JSON.stringify(JSON.parse(text), null, 2)}
      </pre>
    </>
  );
}
