/** A moment, chosen on a calendar and kept as Meta wants it: in milliseconds since 1970. */

interface MomentFieldProps {
  control: { id: string; "aria-describedby"?: string | undefined };
  label: string;
  text: string;
  onText: (text: string) => void;
}

export function MomentField({ control, label, text, onText }: MomentFieldProps) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const local = localTime(text);
  return (
    <>
      <input
        {...control}
        type="datetime-local"
        value={local}
        onInput={(event) => {
          const moment = new Date(event.currentTarget.value).getTime();
          onText(Number.isNaN(moment) ? "" : String(moment));
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

/** `2026-11-26T14:30` in the zone of the person who looks; nothing for what is no moment that a calendar shows. */
function localTime(text: string): string {
  const moment = new Date(/^\d+$/.test(text) ? Number(text) : Number.NaN);
  if (Number.isNaN(moment.getTime())) return "";
  const iso = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString();
  return iso.length === 24 ? iso.slice(0, 16) : "";
}
