/**
 * The members of Meta's objects as fields. The object is kept as JSON text; a field changes its own member and leaves
 * the others alone, so what has no field (typed as JSON below) stays. What is right is the core's to say.
 */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Diagnostic } from "wa-preflight";
import { at, type JsonObject, listAt, type Path, startsWith, textAt } from "../shared/json.ts";
import { objectIn } from "./values.ts";

interface Member {
  path: Path;
  label: string;
  placeholder?: string;
  /** What is written as a number; an amount of money is kept in thousandths. */
  as?: "number" | "thousandths";
  wide?: true;
}

/** Kinds without a row are typed as JSON. */
const MEMBERS: Record<string, readonly Member[]> = {
  location: [
    { path: ["latitude"], label: "Latitude", placeholder: "45.7640", as: "number" },
    { path: ["longitude"], label: "Longitude", placeholder: "4.8357", as: "number" },
    { path: ["name"], label: "Name", placeholder: "The garden shop" },
    { path: ["address"], label: "Address", placeholder: "1 Rue des Fleurs, Lyon" },
  ],
  tap_target: [
    { path: ["title"], label: "Title", placeholder: "Shop the sale" },
    { path: ["url"], label: "Address that it opens", placeholder: "https://shop.example/sale" },
  ],
  currency: [
    { path: ["currency", "amount_1000"], label: "Amount", placeholder: "12.50", as: "thousandths" },
    { path: ["currency", "code"], label: "Currency", placeholder: "EUR" },
    { path: ["currency", "fallback_value"], label: "As text", placeholder: "€12.50", wide: true },
  ],
  date_time: [{ path: ["date_time", "fallback_value"], label: "As text", placeholder: "26 November 2026", wide: true }],
  product: [
    { path: ["product_retailer_id"], label: "Product id", placeholder: "SKU-17" },
    { path: ["catalog_id"], label: "Catalog id", placeholder: "194836987003835" },
  ],
  catalog: [
    { path: ["thumbnail_product_retailer_id"], label: "Product in the picture", placeholder: "SKU-17", wide: true },
  ],
  multi_product: [
    { path: ["thumbnail_product_retailer_id"], label: "Product in the picture", placeholder: "SKU-17", wide: true },
  ],
  flow: [{ path: ["flow_token"], label: "Flow token", wide: true }],
  voice_call: [
    { path: ["ttl_minutes"], label: "Works for (minutes)", placeholder: "60", as: "number" },
    { path: ["payload"], label: "Payload" },
  ],
  order_status: [
    { path: ["reference_id"], label: "Order id" },
    { path: ["order", "status"], label: "Status", placeholder: "shipped" },
    { path: ["order", "description"], label: "Description", wide: true },
  ],
};

interface MemberFieldsProps {
  kind: string;
  text: string;
  found: readonly Diagnostic[];
  onText: (text: string) => void;
}

export function MemberFields({ kind, text, found, onText }: MemberFieldsProps) {
  const members = MEMBERS[kind];
  const value = objectIn(text);
  const json = <JsonField text={text} labelled={members === undefined} onText={onText} />;
  if (members === undefined) return json;
  const set = (path: Path, member: unknown) => onText(written(withMember(value ?? {}, path, member)));
  const isWrong = (path: Path) =>
    found.some(
      (diagnostic) => diagnostic.severity === "error" && startsWith(diagnostic.path.slice(-path.length), path),
    );
  return (
    <>
      <div class="row two">
        {members.map((member) => (
          <MemberField member={member} value={value} wrong={isWrong(member.path)} set={set} key={member.path.join()} />
        ))}
      </div>
      {kind === "multi_product" && <Sections value={value} set={set} />}
      <details class="as-json">
        <summary>As JSON</summary>
        {json}
      </details>
    </>
  );
}

interface Setting {
  value: JsonObject | undefined;
  set: (path: Path, member: unknown) => void;
}

function MemberField({ member, value, wrong, set }: Setting & { member: Member; wrong: boolean }) {
  const { path, label, placeholder, as, wide } = member;
  const held = at(value, path);
  const isThousandths = as === "thousandths" && typeof held === "number";
  const current = isThousandths ? String(held / 1000) : textAt(value, path);
  return (
    <Labelled label={label} wide={wide}>
      {(id) => (
        <Draft
          current={current}
          meant={(draft) => (as === undefined || held === draft ? draft : String(numberIn(draft) ?? draft))}
          onDraft={(draft) => {
            const number = as === undefined || (as === "thousandths" && isEither(draft)) ? undefined : numberIn(draft);
            const exact = number !== undefined && as === "thousandths" ? Math.round(number * 1000) : number;
            set(path, draft === "" ? undefined : (exact ?? draft));
          }}
        >
          {(shown, onInput) => (
            <input
              id={id}
              type="text"
              inputMode={as === undefined ? undefined : "decimal"}
              autocomplete="off"
              placeholder={placeholder}
              aria-invalid={wrong || undefined}
              value={shown}
              onInput={(event) => onInput(event.currentTarget.value)}
            />
          )}
        </Draft>
      )}
    </Labelled>
  );
}

/** The sections of products: a heading, and a product's id on each line. */
function Sections({ value, set }: Setting) {
  const sections = listAt(value, ["sections"]);
  const put = (index: number, member: string, to: unknown) =>
    set(
      ["sections"],
      sections.map((section, place) =>
        place === index ? withMember((section ?? {}) as JsonObject, [member], to) : section,
      ),
    );
  return (
    <>
      {sections.map((section, index) => (
        <div class="section-item" role="group" aria-label={`Section ${index + 1}`} key={index}>
          <div class="part-head">
            <h4>Section {index + 1}</h4>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                const rest = sections.filter((_, place) => place !== index);
                set(["sections"], rest.length === 0 ? undefined : rest);
              }}
            >
              Remove<span class="unseen"> section {index + 1}</span>
            </button>
          </div>
          <Labelled label="Heading">
            {(id) => (
              <input
                id={id}
                type="text"
                autocomplete="off"
                value={textAt(section, ["title"])}
                onInput={(event) => put(index, "title", event.currentTarget.value)}
              />
            )}
          </Labelled>
          <Labelled label="Product ids, one on each line">
            {(id) => (
              <Draft
                current={listAt(section, ["product_items"])
                  .map((item) => textAt(item, ["product_retailer_id"]))
                  .join("\n")}
                meant={(draft) => idsIn(draft).join("\n")}
                onDraft={(draft) =>
                  put(
                    index,
                    "product_items",
                    idsIn(draft).map((product) => ({ product_retailer_id: product })),
                  )
                }
              >
                {(shown, onInput) => (
                  <textarea
                    id={id}
                    rows={2}
                    class="code"
                    value={shown}
                    onInput={(event) => onInput(event.currentTarget.value)}
                  />
                )}
              </Draft>
            )}
          </Labelled>
        </div>
      ))}
      <div class="adders">
        <button
          type="button"
          class="quiet"
          onClick={() => set(["sections"], [...sections, { title: "", product_items: [] }])}
        >
          + Section
        </button>
      </div>
    </>
  );
}

function JsonField({ text, labelled, onText }: { text: string; labelled: boolean; onText: (text: string) => void }) {
  return (
    <textarea
      rows={4}
      class="code"
      aria-label="JSON"
      placeholder={labelled ? "{ … } as Meta documents it" : undefined}
      spellcheck={false}
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
    />
  );
}

function Labelled({
  label,
  wide,
  children,
}: {
  label: string;
  wide?: true | undefined;
  children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class={wide ? "member wide" : "member"}>
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** Keeps what was typed for as long as it means what is held: `12.` stays `12.` although 12 is held. */
function Draft({
  current,
  meant,
  onDraft,
  children,
}: {
  current: string;
  meant: (draft: string) => string;
  onDraft: (draft: string) => void;
  children: (shown: string, onInput: (text: string) => void) => ComponentChildren;
}) {
  const draft = useSignal(current);
  const shown = meant(draft.value) === current ? draft.value : current;
  return (
    <>
      {children(shown, (text) => {
        draft.value = text;
        onDraft(text);
      })}
    </>
  );
}

function numberIn(text: string): number | undefined {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() === "" || Number.isNaN(number) ? undefined : number;
}

/** `1,234` is a thousand to one writer and one and a bit to another: an amount of money is not guessed, the text stays. */
const isEither = (amount: string): boolean => /^-?\d{1,3},\d{3}$/.test(amount.trim());

const idsIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** A copy with that member; without it where it is undefined, and without objects that have nothing else in them. */
function withMember(value: JsonObject, [step, ...rest]: Path, member: unknown): JsonObject {
  const name = String(step);
  const inner = value[name];
  const next =
    rest.length === 0
      ? member
      : withMember(typeof inner === "object" && inner !== null ? (inner as JsonObject) : {}, rest, member);
  const { [name]: _, ...others } = value;
  const isEmpty = next === undefined || (rest.length > 0 && Object.keys(next as JsonObject).length === 0);
  return isEmpty ? others : { ...value, [name]: next };
}

/** Nothing filled in is no value, not an empty object. */
const written = (value: JsonObject): string => (Object.keys(value).length === 0 ? "" : JSON.stringify(value));
