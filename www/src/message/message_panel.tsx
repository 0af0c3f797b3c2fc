/** A form made from the template's parameters. */

import { useId } from "preact/hooks";
import type { Change, Measure, Parameter } from "wa-preflight";
import { compiled } from "../document/document.ts";
import {
  fillWithSamples,
  fixMessage,
  messageReport,
  parameters,
  recipient,
  sanitized,
  sanitizing,
  typed,
} from "./message.ts";
import { FieldFindings } from "../shared/findings.tsx";
import { ValueField } from "./value_field.tsx";

/** Thousands of fields would slow down typing, and nobody fills them in by hand. */
const SHOWN = 200;

export function MessagePanel() {
  const { template, current } = compiled.value;
  const all = parameters.value;
  return (
    <>
      {template === undefined && <p class="notice">There is no template to fill in yet: the definition comes first.</p>}
      {template !== undefined && !current && (
        <p class="notice">The definition cannot be used at the moment; this is the form of its last usable state.</p>
      )}
      <Recipient />
      {template !== undefined && all.length === 0 && <p class="hint">This template has no variables.</p>}
      {all.slice(0, SHOWN).map((parameter) => (
        <ParameterField parameter={parameter} key={parameter.key} />
      ))}
      {all.length > SHOWN && (
        <p class="notice">
          This template has {all.length} parameters; the form shows the first {SHOWN}.
        </p>
      )}
      {all.some(({ example }) => example !== undefined) && (
        <div class="adders">
          <button type="button" class="quiet" onClick={fillWithSamples}>
            Fill in the samples
          </button>
        </div>
      )}
      <Elsewhere />
      <Sanitizing />
    </>
  );
}

function Recipient() {
  const id = useId();
  const found = messageReport.value.diagnostics.filter(({ key, path }) => key === undefined && path[0] === "to");
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>Recipient</label>
      </div>
      <input
        id={id}
        type="tel"
        class="code"
        placeholder="+33612345678"
        autocomplete="off"
        value={recipient.value}
        aria-describedby={found.length > 0 ? `${id}-found` : undefined}
        onInput={(event) => {
          recipient.value = event.currentTarget.value;
        }}
      />
      <FieldFindings id={`${id}-found`} diagnostics={found} apply={fixMessage} />
    </div>
  );
}

function ParameterField({ parameter }: { parameter: Parameter }) {
  const { key } = parameter;
  const found = messageReport.value.diagnostics.filter((diagnostic) => diagnostic.key === key);
  return (
    <ValueField
      parameter={parameter}
      typed={typed}
      // A field that nobody has touched yet is not scolded, it is only marked as to be filled in.
      found={(typed.texts.value[key] ?? "") === "" ? [] : found}
      measure={measureOf(key)}
      apply={fixMessage}
    />
  );
}

/** What no field shows: about the message as a whole. */
function Elsewhere() {
  const known = new Set(parameters.value.map(({ key }) => key));
  const rest = messageReport.value.diagnostics.filter(({ key, path }) =>
    key === undefined ? path[0] !== "to" : !known.has(key),
  );
  return <FieldFindings id="message-found" diagnostics={rest} apply={fixMessage} />;
}

/** The switch, and what it does to the values as they are now. */
function Sanitizing() {
  const { changes } = sanitized.value;
  const on = sanitizing.value;
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  return (
    <section class="sanitizing" aria-label="Sanitizing">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          onChange={(event) => {
            sanitizing.value = event.currentTarget.checked;
          }}
        />
        <span>
          Sanitize the values
          <span class="hint"> Changes what Meta would refuse, and lists every change.</span>
        </span>
      </label>
      <p role="status" class="changes-count">
        {changes.length === 0 ? (on ? "Nothing to change." : "") : on ? count : `Would make ${count}.`}
      </p>
      {on && changes.length > 0 && (
        <ol class="changes">
          {changes.map((change) => (
            <ChangeItem change={change} />
          ))}
        </ol>
      )}
    </section>
  );
}

function ChangeItem({ change }: { change: Change & { key: string } }) {
  const label = parameters.value.find(({ key }) => key === change.key)?.label ?? change.key;
  return (
    <li>
      <span class="change-key">{label}</span>
      <del>{visible(change.before)}</del>
      <span aria-hidden="true">→</span>
      <ins>{visible(change.after)}</ins>
      <span class="help">{change.reason}</span>
    </li>
  );
}

/** White space that one can see; an empty text as the sign for it. */
function visible(text: string): string {
  if (text === "") return "∅";
  const signs: Record<string, string> = { "\n": "⏎", "\r": "␍", "\t": "⇥", " ": "␣" };
  return text.replace(/[\s\p{Cc}]/gu, (character) => signs[character] ?? `U+${hex(character)}`);
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

function measureOf(key: string): Measure | undefined {
  const all = messageReport.value.measures.filter((measure) => measure.key === key);
  return all.find(({ used, max }) => used > max) ?? all[0];
}
