/** A send against its template: counts, formats, names, lengths. */

import {
  componentOf,
  hydrate,
  isNamed,
  placeholders,
  sameName,
  type Button,
  type Component,
  type Definition,
} from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { lengthOf } from "../shape.ts";
import { BUTTON_KINDS } from "./buttons.ts";
import type { SentComponent } from "./components.ts";
import { isEmptyMedia, type SentParameter } from "./parameters.ts";
import { checkTexts, countMismatch, formatMismatch } from "./texts.ts";

const MAX_HEADER = 60;
const MAX_BODY = 1024;
const MAX_BODY_ALONE = 32_768;

/** The parameter type that each media header wants. */
const HEADER_PARAMETERS: Record<string, string> = {
  IMAGE: "image",
  VIDEO: "video",
  DOCUMENT: "document",
  LOCATION: "location",
};

/** Throws what Graph would answer if `components` do not fit `definition`. */
export function matchTemplate(definition: Definition, components: SentComponent[], graphVersion: number): void {
  checkImitated(definition);
  const header = single(components, "HEADER");
  const body = single(components, "BODY");
  for (const component of components) checkTexts(component.parameters, graphVersion);
  matchHeader(componentOf(definition, "HEADER"), header, definition);
  matchBody(definition, body);
  matchButtons(
    definition,
    components.filter((component) => component.type === "BUTTON"),
  );
}

/** Kinds that are not imitated are refused aloud: a silent yes would be worth nothing. */
function checkImitated(definition: Definition): void {
  const unknown = definition.components.find(
    (component) => !["HEADER", "BODY", "FOOTER", "BUTTONS"].some((type) => sameName(component.type, type)),
  );
  const format = componentOf(definition, "HEADER")?.format?.toUpperCase() ?? "TEXT";
  const button = buttonsOf(definition).find((each) => !Object.hasOwn(BUTTON_KINDS, each.type.toUpperCase()));
  const what = unknown
    ? `${unknown.type} components`
    : format !== "TEXT" && !Object.hasOwn(HEADER_PARAMETERS, format)
      ? `${format} headers`
      : button && `${button.type} buttons`;
  if (what) throw new GraphError(100, { details: `The sandbox does not imitate templates with ${what}.` });
}

function buttonsOf(definition: Definition): Button[] {
  return componentOf(definition, "BUTTONS")?.buttons ?? [];
}

function single(components: SentComponent[], type: "HEADER" | "BODY"): SentComponent | undefined {
  const [first, second] = components.filter((component) => component.type === type);
  if (second) throw invalid(`Param ${second.place}['type'] occurs twice: a message has one ${type}.`);
  return first;
}

function matchHeader(header: Component | undefined, sent: SentComponent | undefined, definition: Definition): void {
  const wanted = HEADER_PARAMETERS[header?.format?.toUpperCase() ?? ""];
  if (!header || !wanted) {
    matchText("header", header?.text ?? "", sent, isNamed(definition), MAX_HEADER);
    return;
  }
  const [parameter, extra] = sent?.parameters ?? [];
  if (!parameter || parameter.type !== wanted || isEmptyMedia(parameter)) {
    const received = !parameter || isEmptyMedia(parameter) ? "UNKNOWN" : parameter.type.toUpperCase();
    throw formatMismatch("header", wanted.toUpperCase(), received);
  }
  if (extra) throw countMismatch("header", sent?.parameters.length ?? 0, 1);
}

function matchBody(definition: Definition, sent: SentComponent | undefined): void {
  const isAlone = definition.components.length === 1;
  const text = componentOf(definition, "BODY")?.text ?? "";
  matchText("body", text, sent, isNamed(definition), isAlone ? MAX_BODY_ALONE : MAX_BODY);
}

function matchText(where: string, text: string, sent: SentComponent | undefined, named: boolean, max: number): void {
  const expected = placeholders(text);
  const parameters = sent?.parameters ?? [];
  if (expected.length === 0 && sent?.hasParameters && parameters.length === 0) {
    throw new GraphError(100, { details: `${where}: parameters is empty, and the template has none there` });
  }
  if (expected.length > 0) checkNames(parameters, named);
  if (parameters.length !== expected.length) throw countMismatch(where, parameters.length, expected.length);
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    if (!["text", "currency", "date_time"].includes(parameter.type)) {
      throw formatMismatch(where, "TEXT", parameter.type.toUpperCase());
    }
    values.set(parameter.name ?? expected[index] ?? "", parameter.text);
  }
  const missing = expected.find((name) => !values.has(name));
  if (missing !== undefined) {
    throw new GraphError(100, { details: `${where}: no parameter is named ${missing}, or one name occurs twice` });
  }
  if (lengthOf(hydrate(text, values)) > max) {
    throw new GraphError(132005, {
      details: `${where}: the text with its parameters is longer than ${max} characters`,
    });
  }
}

/** Named templates want a name on every parameter, positional ones on none. */
function checkNames(parameters: SentParameter[], named: boolean): void {
  for (const { name } of parameters) {
    if (named && !name) throw new GraphError(100, { details: "Parameter name is missing or empty" });
    if (!named && name !== null) {
      throw new GraphError(100, {
        details: `Parameter name ${name} is not expected: the template's parameters are positional`,
      });
    }
  }
}

function matchButtons(definition: Definition, sent: SentComponent[]): void {
  const buttons = buttonsOf(definition);
  const byIndex = new Map<number, SentComponent>();
  for (const component of sent) {
    const index = component.index ?? 0;
    if (byIndex.has(index)) throw invalid(`Param ${component.place}['index'] occurs twice: ${index}.`);
    if (index >= buttons.length) {
      throw new GraphError(131009, { details: `buttons: the template has no button at index ${index}` });
    }
    byIndex.set(index, component);
  }
  for (const [index, button] of buttons.entries()) {
    const component = byIndex.get(index);
    const type = button.type.toUpperCase();
    if (component && component.subType !== type) {
      throw new GraphError(132018, { details: `Parameter value for ${type} was expected but was not found` });
    }
    BUTTON_KINDS[type]?.(button, component?.parameters ?? [], index);
  }
}
