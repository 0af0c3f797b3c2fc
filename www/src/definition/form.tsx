/** The definition as a form: a second view of the JSON text, which it edits in place. */

import { insert, parsed, removeAt } from "../document/document.ts";
import { isObject, listAt, type Path, textAt } from "../shared/json.ts";
import { FieldFindings } from "../shared/findings.tsx";
import { ButtonsPart } from "./buttons.tsx";
import { ChoiceField, findingsOn, TextField } from "./fields.tsx";
import { Samples } from "./sample_fields.tsx";

const CATEGORIES = [
  ["MARKETING", "Marketing"],
  ["UTILITY", "Utility"],
  ["AUTHENTICATION", "Authentication"],
] as const;
const PARAMETER_FORMATS = [
  ["POSITIONAL", "Numbers: {{1}}, {{2}}"],
  ["NAMED", "Names: {{first_name}}"],
] as const;
const HEADER_FORMATS = [
  ["TEXT", "Text"],
  ["IMAGE", "Image"],
  ["VIDEO", "Video"],
  ["DOCUMENT", "Document"],
  ["LOCATION", "Location"],
] as const;
const PARTS = [
  ["HEADER", "Header", { type: "HEADER", format: "TEXT", text: "" }],
  ["BODY", "Body", { type: "BODY", text: "" }],
  ["FOOTER", "Footer", { type: "FOOTER", text: "" }],
  ["BUTTONS", "Buttons", { type: "BUTTONS", buttons: [] }],
] as const;

export function DefinitionForm() {
  const { value, current } = parsed.value;
  return (
    <div class="definition-form">
      {!current && (
        <p class="notice" role="status">
          The form waits: the JSON cannot be read at the moment, so this is the last state that could. Mend the JSON and
          it goes on.
        </p>
      )}
      <fieldset class="bare" disabled={!current}>
        <legend class="unseen">Definition</legend>
        <div class="row two">
          <TextField label="Name" path={["name"]} code />
          <TextField label="Language" path={["language"]} code />
        </div>
        <div class="row two">
          <ChoiceField label="Category" path={["category"]} choices={CATEGORIES} />
          <ChoiceField label="Variables" path={["parameter_format"]} choices={PARAMETER_FORMATS} absent="Not said" />
        </div>
        <Parts value={value} />
      </fieldset>
    </div>
  );
}

function Parts({ value }: { value: unknown }) {
  const components = listAt(value, ["components"]);
  const present = new Set(components.map(typeOf));
  return (
    <>
      <FieldFindings id="components-found" diagnostics={findingsOn(["components"])} />
      {components.map((component, index) => (
        <Part component={component} index={index} key={`${index}-${typeOf(component)}`} />
      ))}
      <div class="adders">
        {PARTS.filter(([type]) => !present.has(type)).map(([type, title, fresh]) => (
          <button type="button" class="quiet" onClick={() => addPart(components, type, fresh)}>
            + {title}
          </button>
        ))}
      </div>
    </>
  );
}

/** The order in which the parts stand in a message. */
function addPart(components: unknown[], type: string, fresh: object): void {
  const order = PARTS.map(([name]) => name as string);
  const later = components.findIndex((component) => order.indexOf(typeOf(component)) > order.indexOf(type));
  insert(["components", later === -1 ? components.length : later], fresh);
}

function Part({ component, index }: { component: unknown; index: number }) {
  const path: Path = ["components", index];
  const type = typeOf(component);
  const title = PARTS.find(([name]) => name === type)?.[1];
  return (
    <section class="part" aria-label={title ?? (type || "Component")}>
      <div class="part-head">
        <h3>{title ?? (type || "Component")}</h3>
        <button type="button" class="quiet" onClick={() => removeAt(path)}>
          Remove<span class="unseen"> {title ?? type}</span>
        </button>
      </div>
      <FieldFindings id={`part-${index}`} diagnostics={[...findingsOn(path), ...findingsOn([...path, "type"])]} />
      {type === "HEADER" && <HeaderPart path={path} component={component} />}
      {type === "BODY" && (
        <>
          <TextField label="Text" path={[...path, "text"]} multiline />
          <Samples path={path} part="body" />
        </>
      )}
      {type === "FOOTER" && <TextField label="Text" path={[...path, "text"]} />}
      {type === "BUTTONS" && <ButtonsPart path={[...path, "buttons"]} />}
      {title === undefined && <p class="hint">This kind of component has no form yet: edit it in the JSON.</p>}
    </section>
  );
}

function HeaderPart({ path, component }: { path: Path; component: unknown }) {
  const format = textAt(component, ["format"]).toUpperCase();
  return (
    <>
      <ChoiceField label="Kind" path={[...path, "format"]} choices={HEADER_FORMATS} />
      {format === "TEXT" ? (
        <>
          <TextField label="Text" path={[...path, "text"]} />
          <Samples path={path} part="header" />
        </>
      ) : (
        format !== "" &&
        format !== "LOCATION" && (
          <TextField
            label="Sample file"
            path={[...path, "example", "header_handle", 0]}
            also={[[...path, "example"]]}
            hint="The handle that Meta's upload answers with"
            code
          />
        )
      )}
    </>
  );
}

function typeOf(component: unknown): string {
  return isObject(component) ? textAt(component, ["type"]).toUpperCase() : "";
}
