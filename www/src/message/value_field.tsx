/** The field of one parameter, whatever it takes: a line of text, a moment, or the members of Meta's object. */

import { useId } from "preact/hooks";
import type { Diagnostic, Fix, Measure, Parameter } from "wa-preflight";
import { Counter } from "../definition/fields.tsx";
import { FieldFindings } from "../shared/findings.tsx";
import { MemberFields } from "./member_fields.tsx";
import { MomentField } from "./moment_field.tsx";
import { type TextForm, type Typed, takesFileName, takesObject, typeInto } from "./values.ts";

interface ValueFieldProps {
  parameter: Parameter;
  typed: Typed;
  found: readonly Diagnostic[];
  measure?: Measure | undefined;
  apply: (fix: Fix) => void;
}

export function ValueField({ parameter, typed, found, measure, apply }: ValueFieldProps) {
  const { key, kind, label, required, example } = parameter;
  const id = useId();
  const text = typed.texts.value[key] ?? "";
  const form = typed.forms.value[key] ?? "text";
  const isGroup = takesObject(kind) || form !== "text";
  const described = found.length > 0 ? `${id}-found` : undefined;
  const onText = (next: string) => typeInto(typed, key, next);
  const name = (
    <>
      {label} <code class="key">{key}</code>
      {!required && <span class="optional"> optional</span>}
    </>
  );
  const control = {
    id,
    "aria-required": required,
    "aria-invalid": found.some(({ severity }) => severity === "error") || undefined,
    "aria-describedby": described,
  };
  return (
    <div class="field" data-key={key}>
      <div class="field-head">
        {isGroup ? (
          <span class="field-title" id={`${id}-title`}>
            {name}
          </span>
        ) : (
          <label for={id}>{name}</label>
        )}
        <span class="tools">
          {kind === "text" && <FormChoice label={label} value={form} typed={typed} parameterKey={key} />}
          <Counter measure={measure} />
        </span>
      </div>
      {isGroup ? (
        <div class="members" role="group" aria-labelledby={`${id}-title`} aria-describedby={described}>
          <MemberFields kind={form === "text" ? kind : form} text={text} found={found} onText={onText} />
        </div>
      ) : kind === "expiry" ? (
        <MomentField control={control} label={label} text={text} onText={onText} />
      ) : (
        <textarea
          {...control}
          rows={1}
          dir="auto"
          class="growing"
          value={text}
          placeholder={example}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
      {takesFileName(kind) && (
        <input
          type="text"
          class="file-name"
          aria-label={`${label}: file name`}
          placeholder="File name that the recipient sees"
          value={typed.fileNames.value[key] ?? ""}
          onInput={(event) => {
            typed.fileNames.value = { ...typed.fileNames.peek(), [key]: event.currentTarget.value };
          }}
        />
      )}
      <FieldFindings id={`${id}-found`} diagnostics={found} apply={apply} />
    </div>
  );
}

const FORMS: readonly (readonly [TextForm, string])[] = [
  ["text", "Text"],
  ["currency", "Amount of money"],
  ["date_time", "Date"],
];

/** A text may also be one of Meta's objects that name what it is. */
function FormChoice({
  label,
  value,
  typed,
  parameterKey: key,
}: {
  label: string;
  value: TextForm;
  typed: Typed;
  parameterKey: string;
}) {
  return (
    <select
      class="form-choice"
      aria-label={`${label}: given as`}
      value={value}
      onChange={(event) => {
        typed.forms.value = { ...typed.forms.peek(), [key]: event.currentTarget.value as TextForm };
        // A text is no object, and the other way round.
        typeInto(typed, key, "");
      }}
    >
      {FORMS.map(([form, title]) => (
        <option value={form}>{title}</option>
      ))}
    </select>
  );
}
