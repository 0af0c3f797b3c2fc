/** How rows are read and judged. */

import { useId } from "preact/hooks";
import { country, encoding, repeats, sanitizing } from "./batch.ts";

const ENCODINGS: readonly (readonly [string, string])[] = [
  ["utf-8", "UTF-8"],
  ["windows-1252", "Windows-1252 (Western Europe)"],
  ["windows-1250", "Windows-1250 (Central Europe)"],
  ["windows-1251", "Windows-1251 (Cyrillic)"],
  ["utf-16le", "UTF-16"],
];

export function Settings({ refusal }: { refusal: string | undefined }) {
  const id = useId();
  return (
    <div class="batch-settings">
      <div class="row two">
        <div class="field">
          <label for={`${id}-country`}>Country of numbers without one</label>
          <input
            id={`${id}-country`}
            type="text"
            class="code"
            placeholder="FR or +33"
            autocomplete="off"
            value={country.value}
            aria-invalid={refusal !== undefined || undefined}
            aria-describedby={refusal === undefined ? undefined : `${id}-refusal`}
            onInput={(event) => {
              country.value = event.currentTarget.value;
            }}
          />
          {refusal !== undefined && (
            <p class="setting-refused" id={`${id}-refusal`}>
              {refusal}
            </p>
          )}
        </div>
        <div class="field">
          <label for={`${id}-encoding`}>Encoding</label>
          <select
            id={`${id}-encoding`}
            value={encoding.value}
            onChange={(event) => {
              encoding.value = event.currentTarget.value;
            }}
          >
            {ENCODINGS.map(([name, title]) => (
              <option value={name}>{title}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-repeats`}>A recipient’s second row</label>
          <select
            id={`${id}-repeats`}
            value={repeats.value}
            onChange={(event) => {
              repeats.value = event.currentTarget.value as typeof repeats.value;
            }}
          >
            <option value="warning">is counted</option>
            <option value="error">is rejected</option>
            <option value="off">is meant</option>
          </select>
        </div>
      </div>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={sanitizing.value}
          onChange={(event) => {
            sanitizing.value = event.currentTarget.checked;
          }}
        />
        <span>
          Sanitize the values of every row
          <span class="hint"> Changes what Meta would refuse, and counts the rows that it changed.</span>
        </span>
      </label>
    </div>
  );
}
