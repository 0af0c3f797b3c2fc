/** Samples for the variables of a text: what Meta's reviewers read in their place. */

import { compiled, parsed, setMember } from "../document/document.ts";
import { at, isObject, listAt, type Path, textAt } from "../shared/json.ts";
import { FieldFindings } from "../shared/findings.tsx";
import { findingsAt } from "./fields.tsx";
import { useId } from "preact/hooks";

/** Where Meta keeps them, by part and by the way in which variables are written. */
const PLACES = {
  body: { named: "body_text_named_params", positional: "body_text" },
  header: { named: "header_text_named_params", positional: "header_text" },
} as const;

/** More than one types by hand; the JSON takes any number. */
const SHOWN = 200;

interface Slot {
  label: string;
  value: string;
  set: (value: string) => void;
}

export function Samples({ path, part }: { path: Path; part: "body" | "header" }) {
  const slots = slotsOf(path, part);
  const id = useId();
  const found = findingsAt([...path, "example"]);
  if (slots.length === 0 && found.length === 0) return null;
  return (
    <div class="samples">
      <p class="field-title">Samples for Meta's review</p>
      {slots.map(({ label, value, set }, index) => (
        <div class="sample">
          <label for={`${id}-${index}`}>
            <code>{label}</code>
          </label>
          <input
            id={`${id}-${index}`}
            type="text"
            dir="auto"
            value={value}
            autocomplete="off"
            onInput={(event) => set(event.currentTarget.value)}
          />
        </div>
      ))}
      <FieldFindings id={`${id}-found`} diagnostics={found} />
    </div>
  );
}

function slotsOf(path: Path, part: "body" | "header"): Slot[] {
  const { template } = compiled.value;
  const names = (template?.parameters() ?? [])
    .filter(({ key }) => key.startsWith(`${part}.`))
    .map(({ key }) => key.slice(part.length + 1))
    .slice(0, SHOWN);
  if (template === undefined || names.length === 0 || !hasText(path)) return [];
  return template.parameterFormat.toLowerCase() === "named" ? named(path, part, names) : positional(path, part, names);
}

function hasText(path: Path): boolean {
  return textAt(parsed.value.value, [...path, "text"]) !== "";
}

function named(path: Path, part: "body" | "header", names: string[]): Slot[] {
  const place: Path = [...path, "example", PLACES[part].named];
  const given = listAt(parsed.value.value, place);
  return names.map((name) => {
    const found = given.findIndex((item) => isObject(item) && item.param_name === name);
    const index = found === -1 ? given.length : found;
    return {
      label: `{{${name}}}`,
      value: found === -1 ? "" : textAt(given[found], ["example"]),
      set: (value) => setMember([...place, index], { ...asObject(given[found]), param_name: name, example: value }),
    };
  });
}

function positional(path: Path, part: "body" | "header", names: string[]): Slot[] {
  // The body's samples are rows of a table, of which one is enough; the header has one plain list.
  const place: Path = [...path, "example", PLACES[part].positional, ...(part === "body" ? [0] : [])];
  return names.map((name, index) => ({
    label: `{{${name}}}`,
    value: textAt(parsed.value.value, [...place, index]),
    set: (value) => {
      const given = listAt(parsed.value.value, place);
      if (index <= given.length && Array.isArray(at(parsed.value.value, place))) setMember([...place, index], value);
      else
        setMember(
          place,
          Array.from({ length: index + 1 }, (_, other) => (other === index ? value : (given[other] ?? ""))),
        );
    },
  }));
}

function asObject(value: unknown): object {
  return isObject(value) ? value : {};
}
