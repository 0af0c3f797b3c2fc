/** The form's controls. Each shows one place of the document, with its counter and what was found there. */

import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { type Diagnostic, limits, type Measure } from "wa-preflight";
import { parsed, report, setMember } from "../document/document.ts";
import { FieldFindings } from "../shared/findings.tsx";
import { type Path, startsWith, textAt } from "../shared/json.ts";

interface FieldProps {
  label: string;
  path: Path;
  hint?: string;
  /** Findings of these places are shown here, too. */
  also?: Path[];
}

export function TextField(props: FieldProps & { multiline?: boolean; placeholder?: string; code?: boolean }) {
  const { path, multiline = false, placeholder, code } = props;
  const value = textAt(parsed.value.value, path);
  const onInput = (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    setMember(path, event.currentTarget.value);
  const area = useRef<HTMLTextAreaElement>(null);
  // One line that holds a line break would lose it in an <input>. Who takes the break out goes on typing: a control that
  // has the focus stays what it is.
  const isTyping = area.current !== null && area.current === document.activeElement;
  const tall = multiline || isTyping || value.includes("\n");
  return (
    <Field {...props}>
      {(control) =>
        tall ? (
          <textarea
            {...control}
            ref={area}
            dir="auto"
            value={value}
            rows={multiline ? 3 : 2}
            placeholder={placeholder}
            onInput={onInput}
          />
        ) : (
          <input
            {...control}
            class={code ? "code" : undefined}
            type="text"
            dir={code ? undefined : "auto"}
            value={value}
            placeholder={placeholder}
            autocomplete="off"
            spellcheck={code ? false : undefined}
            onInput={onInput}
          />
        )
      }
    </Field>
  );
}

export function ChoiceField(props: FieldProps & { choices: readonly (readonly [string, string])[]; absent?: string }) {
  const { path, choices, absent } = props;
  const value = textAt(parsed.value.value, path);
  const known = choices.some(([choice]) => choice === value);
  return (
    <Field {...props}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => setMember(path, event.currentTarget.value)}>
          {value === "" && <option value="">{absent ?? "Choose…"}</option>}
          {choices.map(([choice, title]) => (
            <option value={choice}>{title}</option>
          ))}
          {!known && value !== "" && <option value={value}>{value}</option>}
        </select>
      )}
    </Field>
  );
}

interface Control {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

function Field({
  label,
  path,
  hint,
  also = [],
  children,
}: FieldProps & { children: (control: Control) => ComponentChildren }) {
  const id = useId();
  const found = findingsAt(path, ...also);
  const measure = measureAt(path);
  const described = [hint !== undefined && `${id}-hint`, found.length > 0 && `${id}-found`].filter(Boolean).join(" ");
  return (
    <div class="field" data-path={path.join(".")}>
      <div class="field-head">
        <label for={id}>{label}</label>
        <Counter measure={measure} />
      </div>
      {children({
        id,
        ...(described !== "" && { "aria-describedby": described }),
        ...(found.some(({ severity }) => severity === "error") && { "aria-invalid": true }),
      })}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldFindings id={`${id}-found`} diagnostics={found} />
    </div>
  );
}

export function Counter({ measure }: { measure: Measure | undefined }) {
  if (measure === undefined) return null;
  const { used, max, name } = measure;
  return (
    <span class={used > max ? "counter over" : "counter"} title={NOUNS.get(name)}>
      {used}/{max}
    </span>
  );
}

/** Every counter of a place, each with what it counts. */
export function Counters({ path }: { path: Path }) {
  return (
    <span class="counters">
      {measuresAt(path).map(({ name, used, max, unit }) => (
        <span class={used > max ? "counter over" : "counter"}>
          {used}/{max} {NOUNS.get(name) ?? unit}
        </span>
      ))}
    </span>
  );
}

/** What each limit counts, in the catalogue's words. */
const NOUNS = new Map(limits().map(({ name, noun }) => [name as string, noun]));

/** What was found at these places and below them. */
export function findingsAt(...paths: Path[]): Diagnostic[] {
  return report.value.diagnostics.filter((diagnostic) => paths.some((path) => startsWith(diagnostic.path, path)));
}

/** What was found at this very place. */
export function findingsOn(path: Path): Diagnostic[] {
  return report.value.diagnostics.filter(
    (diagnostic) => diagnostic.path.length === path.length && startsWith(diagnostic.path, path),
  );
}

/** The counter of a place. Where there are several, the first one that is over its limit, else the first one. */
function measureAt(path: Path): Measure | undefined {
  const all = measuresAt(path);
  return all.find(({ used, max }) => used > max) ?? all[0];
}

function measuresAt(path: Path): Measure[] {
  return report.value.measures.filter(
    (measure) => measure.path.length === path.length && startsWith(measure.path, path),
  );
}
