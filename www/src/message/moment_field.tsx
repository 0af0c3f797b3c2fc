/** A moment, chosen on a calendar and kept as Meta wants it: in milliseconds since 1970. */

import { useSignal } from "@preact/signals";

interface MomentFieldProps {
  control: { id: string; "aria-describedby"?: string | undefined };
  label: string;
  text: string;
  onText: (text: string) => void;
}

export function MomentField({ control, label, text, onText }: MomentFieldProps) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const draft = useSignal("");
  // A year on its way, 0002 of 2031, is a moment, too: what was typed stands for as long as it means what is held.
  const local = text !== "" && momentIn(draft.value) === text ? draft.value : localTime(text);
  return (
    <>
      <input
        {...control}
        type="datetime-local"
        value={local}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          onText(momentIn(draft.value));
        }}
      />
      <div class="moment-exact">
        <span class="hint">{zone} time</span>
        <input
          type="text"
          inputMode="numeric"
          class="code"
          aria-label={`${label}: in milliseconds`}
          placeholder="or in milliseconds"
          autocomplete="off"
          value={text}
          onInput={(event) => onText(event.currentTarget.value.trim())}
        />
      </div>
    </>
  );
}

/** The milliseconds of a calendar's moment; nothing while it is not whole. */
function momentIn(local: string): string {
  const moment = new Date(local).getTime();
  return Number.isNaN(moment) ? "" : String(moment);
}

/** `2026-11-26T14:30` in the zone of the person who looks; nothing for what is no moment that a calendar shows. */
function localTime(text: string): string {
  const moment = new Date(/^\d+$/.test(text) ? Number(text) : Number.NaN);
  if (Number.isNaN(moment.getTime())) return "";
  const iso = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString();
  return iso.length === 24 ? iso.slice(0, 16) : "";
}
