/** The buttons of a definition. */

import { compiled, insert, moveUp, parsed, removeAt } from "../document/document.ts";
import { FieldFindings } from "../shared/findings.tsx";
import { at, listAt, type Path, textAt } from "../shared/json.ts";
import { Counters, findingsOn, TextField } from "./fields.tsx";

/** A kind of button: its title, what a new one looks like, and the members that its form shows. */
interface Kind {
  title: string;
  fresh: object;
  members: readonly (readonly [member: string, label: string])[];
}

const KINDS: Record<string, Kind> = {
  QUICK_REPLY: { title: "Quick reply", fresh: { type: "QUICK_REPLY", text: "" }, members: [["text", "Label"]] },
  URL: {
    title: "Website",
    fresh: { type: "URL", text: "", url: "https://" },
    members: [
      ["text", "Label"],
      ["url", "Address"],
    ],
  },
  PHONE_NUMBER: {
    title: "Call",
    fresh: { type: "PHONE_NUMBER", text: "", phone_number: "" },
    members: [
      ["text", "Label"],
      ["phone_number", "Number"],
    ],
  },
  COPY_CODE: { title: "Copy code", fresh: { type: "COPY_CODE", example: "" }, members: [] },
};

export function ButtonsPart({ path }: { path: Path }) {
  const buttons = listAt(parsed.value.value, path);
  return (
    <>
      <div class="field-head">
        <Counters path={path} />
      </div>
      <FieldFindings id="buttons-found" diagnostics={findingsOn(path)} />
      <ol class="buttons">
        {buttons.map((button, index) => (
          <ButtonItem path={path} index={index} button={button} />
        ))}
      </ol>
      <div class="adders">
        {Object.values(KINDS).map(({ title, fresh }) => (
          <button type="button" class="quiet" onClick={() => insert([...path, buttons.length], fresh)}>
            + {title}
          </button>
        ))}
      </div>
    </>
  );
}

function ButtonItem({ path: list, index, button }: { path: Path; index: number; button: unknown }) {
  const path: Path = [...list, index];
  const type = textAt(button, ["type"]).toUpperCase();
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const title = kind?.title ?? (type || "Button");
  return (
    <li class="button-item">
      <div class="part-head">
        <h4>
          {index + 1}. {title}
        </h4>
        <span class="tools">
          <button
            type="button"
            class="quiet"
            disabled={index === 0}
            onClick={({ currentTarget }) => {
              moveUp(list, index);
              follow(currentTarget);
            }}
          >
            Move up<span class="unseen"> button {index + 1}</span>
          </button>
          <button type="button" class="quiet" onClick={() => removeAt(path)}>
            Remove<span class="unseen"> button {index + 1}</span>
          </button>
        </span>
      </div>
      <FieldFindings id={`button-${index}`} diagnostics={[...findingsOn(path), ...findingsOn([...path, "type"])]} />
      {kind === undefined && <p class="hint">This kind of button has no form yet: edit it in the JSON.</p>}
      <div class={kind !== undefined && kind.members.length > 1 ? "row two" : "row"}>
        {kind?.members.map(([member, label]) => (
          <TextField label={label} path={[...path, member]} code={member !== "text"} />
        ))}
      </div>
      {wantsSample(type, path, index) && (
        <SampleField path={path} label={type === "URL" ? "Sample address" : "Sample code"} />
      )}
    </li>
  );
}

/** The focus goes up with the button, so that a second press does not bring it down again; at the top, to its first field. */
function follow(pressed: HTMLElement): void {
  const above = pressed.closest("li")?.previousElementSibling;
  above?.querySelector<HTMLElement>(".tools button:enabled:not(:last-child), input, textarea")?.focus();
}

/** Whether a sample belongs to it: it has one, or the template says that a message fills something in. */
function wantsSample(type: string, path: Path, index: number): boolean {
  if (at(parsed.value.value, [...path, "example"]) !== undefined || type === "COPY_CODE") return true;
  const keys = compiled.value.template?.parameters().map(({ key }) => key) ?? [];
  return type === "URL" && keys.includes(`buttons.${index}`);
}

/** Meta takes one sample as text and prints it back as a list of one. */
function SampleField({ path, label }: { path: Path; label: string }) {
  const isText = typeof at(parsed.value.value, [...path, "example"]) === "string";
  const place = isText ? [...path, "example"] : [...path, "example", 0];
  return <TextField label={label} path={place} also={[[...path, "example"]]} code />;
}
