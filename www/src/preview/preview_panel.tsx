/** The bubble that the recipient will see. Its words come from the core as runs of text; nothing here is read as markup. */

import type { PreviewButton, PreviewHeader, Run } from "wa-preflight";
import { compiled } from "../document/document.ts";
import { preview } from "../message/message.ts";

export function PreviewPanel() {
  const shown = preview.value;
  const { current } = compiled.value;
  if (shown === undefined) return <p class="notice">There is nothing to show yet: the definition comes first.</p>;
  return (
    <div class={current ? "wallpaper" : "wallpaper stale"}>
      <article class="bubble" aria-label="Message preview" data-testid="bubble">
        {shown.header !== undefined && <Header header={shown.header} />}
        <div class="bubble-body">
          <Runs runs={shown.body} />
        </div>
        {shown.footer !== undefined && (
          <div class="bubble-footer">
            <Runs runs={shown.footer} />
          </div>
        )}
        <span class="bubble-time" aria-hidden="true">
          12:00
        </span>
        {shown.buttons.length > 0 && (
          <ul class="bubble-buttons">
            {shown.buttons.map((button) => (
              <Button button={button} />
            ))}
          </ul>
        )}
      </article>
    </div>
  );
}

function Header({ header }: { header: PreviewHeader }) {
  if (header.runs !== undefined) {
    return (
      <div class="bubble-header">
        <Runs runs={header.runs} />
      </div>
    );
  }
  // The file itself stays where it is: the page asks no foreign server for it.
  const source = header.link ?? header.id;
  return (
    <div class={source === undefined ? "bubble-media missing" : "bubble-media"}>
      <span class="media-kind">{header.kind}</span>
      {source !== undefined && <span class="media-source">{source}</span>}
    </div>
  );
}

function Runs({ runs }: { runs: readonly Run[] }) {
  return (
    <>
      {runs.map((run) => (
        <Styled run={run} />
      ))}
    </>
  );
}

/** Nested in the order in which WhatsApp's marks may nest: all of them, any way. */
function Styled({ run }: { run: Run }) {
  let shown = <>{run.text}</>;
  if (run.missing) shown = <mark title="Not filled in yet">{shown}</mark>;
  if (run.mono) shown = <code>{shown}</code>;
  if (run.strike) shown = <s>{shown}</s>;
  if (run.italic) shown = <em>{shown}</em>;
  if (run.bold) shown = <strong>{shown}</strong>;
  return shown;
}

const SIGNS: Record<string, string> = {
  url: "↗",
  phone_number: "✆",
  quick_reply: "↩",
  copy_code: "⧉",
};

function Button({ button }: { button: PreviewButton }) {
  return (
    <li class={button.missing ? "missing" : undefined}>
      <span class="bubble-button">
        <span aria-hidden="true" class="sign">
          {SIGNS[button.kind] ?? "•"}
        </span>
        {button.text}
      </span>
      {/* A quick reply's payload goes to the sender, the recipient never sees it. */}
      {button.value !== undefined && button.kind !== "quick_reply" && <span class="button-value">{button.value}</span>}
    </li>
  );
}
