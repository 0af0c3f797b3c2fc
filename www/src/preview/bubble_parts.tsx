/** What bubbles and cards are made of. Words come from the core as runs of text; nothing here is read as markup. */

import type { PreviewButton, PreviewHeader, Run } from "wa-preflight";

export function Header({ header }: { header: PreviewHeader }) {
  if (header.runs !== undefined) {
    return (
      <div class="bubble-header">
        <Runs runs={header.runs} />
      </div>
    );
  }
  // The file itself stays where it is: the page asks no foreign server for it.
  const { kind, link, id, filename, name, address, product, missing } = header;
  const lines = [filename, name, address, product, link, id].filter((line) => line !== undefined);
  return (
    <div class={missing ? "bubble-media missing" : "bubble-media"} data-kind={kind}>
      <span class="media-sign" aria-hidden="true">
        {MEDIA_SIGNS[kind] ?? "▢"}
      </span>
      <span class="media-kind">{kind}</span>
      {missing && <span class="media-source">not chosen yet</span>}
      {lines.map((line) => (
        <span class="media-source">{line}</span>
      ))}
    </div>
  );
}

const MEDIA_SIGNS: Record<string, string> = {
  image: "▧",
  video: "▶",
  gif: "GIF",
  document: "▤",
  location: "◎",
  product: "◫",
};

export function Runs({ runs }: { runs: readonly Run[] }) {
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
  if (run.link !== undefined) shown = <span class="bubble-link">{shown}</span>;
  if (run.block === "quote") shown = <span class="bubble-quote">{shown}</span>;
  if (run.block === "bullet") shown = <span class="bubble-bullet">{shown}</span>;
  return shown;
}

/** More than these hide behind "See all options" in WhatsApp; here all of them are shown. */
export function Buttons({ buttons }: { buttons: readonly PreviewButton[] }) {
  if (buttons.length === 0) return null;
  return (
    <ul class="bubble-buttons">
      {buttons.map((button) => (
        <li class={button.missing ? "missing" : undefined} data-kind={button.kind}>
          <span class="bubble-button">
            {BUTTON_SIGNS[button.kind] !== undefined && (
              <span aria-hidden="true" class="sign">
                {BUTTON_SIGNS[button.kind]}
              </span>
            )}
            <bdi>{button.text}</bdi>
          </span>
          {button.missing && <span class="button-value">not filled in yet</span>}
          {/* A quick reply's payload goes to the sender, the recipient never sees it. */}
          {button.value !== undefined && button.kind !== "quick_reply" && (
            <span class="button-value">{button.value}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const BUTTON_SIGNS: Record<string, string> = {
  url: "↗",
  phone_number: "✆",
  voice_call: "✆",
  quick_reply: "↩",
  copy_code: "❐",
  otp: "❐",
  flow: "▤",
  catalog: "▦",
  mpm: "▦",
  spm: "▦",
};
