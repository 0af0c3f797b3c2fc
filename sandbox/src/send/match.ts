/** A send against its template: counts, formats, names, lengths. */

import {
  buttonsOf,
  cardsOf,
  componentOf,
  componentsIn,
  hydrate,
  isNamed,
  placeholders,
  sameName,
  type Component,
  type Definition,
} from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { isObject, lengthOf } from "../shape.ts";
import { BUTTON_KINDS, kindOf, matchButtons } from "./buttons.ts";
import type { SentComponent } from "./components.ts";
import { isEmptyMedia, type SentParameter } from "./parameters.ts";
import { checkExpiry } from "./specials.ts";
import { checkTexts, countMismatch, formatMismatch } from "./texts.ts";

const MAX_HEADER = 60;
const MAX_BODY = 1024;
const MAX_BODY_ALONE = 32_768;
const MAX_BODY_OFFER = 600;
const MAX_BODY_PERMISSION = 4096;
/** Of a card, and of a message that shows one product. */
const MAX_BODY_SMALL = 160;
const MAX_CODE = 15;
const MAX_CARDS = 10;
const MIN_CARDS = 2;

/** The parameter types that each header takes. GIFs are films that repeat, and pages differ on the word. */
const HEADER_PARAMETERS: Record<string, readonly SentParameter["type"][]> = {
  IMAGE: ["image"],
  VIDEO: ["video"],
  GIF: ["gif", "video"],
  DOCUMENT: ["document"],
  LOCATION: ["location"],
  PRODUCT: ["product"],
};
const PARTS = [
  "HEADER",
  "BODY",
  "FOOTER",
  "BUTTONS",
  "CAROUSEL",
  "LIMITED_TIME_OFFER",
  "CALL_PERMISSION_REQUEST",
] as const;

/** What Meta writes into the body of an authentication template. */
const CODE_BODY = "*{{1}}* is your verification code.";

/** Throws what Graph would answer if `components` do not fit `definition`. */
export function matchTemplate(
  definition: Definition,
  components: SentComponent[],
  graphVersion: number,
  now: number,
): void {
  checkImitated(definition);
  const offer = componentOf(definition, "LIMITED_TIME_OFFER");
  const all = [...components, ...components.flatMap((each) => each.cards.flatMap((card) => card.components))];
  for (const component of all) checkTexts(component.parameters, graphVersion);
  const isCode = definition.category === "AUTHENTICATION";
  matchPart(definition.components, components, definition, maxBody(definition), {
    isOffer: offer !== undefined,
    bodyText: isCode ? (componentOf(definition, "BODY")?.text ?? CODE_BODY) : undefined,
  });
  if (isCode) checkCode(single(components, "BODY"));
  matchOffer(offer, single(components, "LIMITED_TIME_OFFER"), now);
  matchOrderStatus(definition, single(components, "ORDER_STATUS"));
  matchTapTarget(definition, single(components, "TAP_TARGET_CONFIGURATION"));
  matchCarousel(definition, single(components, "CAROUSEL"));
}

function checkCode(body: SentComponent | undefined): void {
  const code = body?.parameters[0]?.text ?? "";
  if (lengthOf(code) > MAX_CODE) {
    throw new GraphError(132005, { details: `A one-time code has at most ${MAX_CODE} characters.` });
  }
  if (/:\/\/|www\./i.test(code) || /\p{RGI_Emoji}/v.test(code)) {
    throw new GraphError(131009, { details: "A one-time code cannot have addresses or emojis." });
  }
}

/** Kinds that are not imitated are refused aloud: a silent yes would be worth nothing. */
function checkImitated(definition: Definition): void {
  for (const components of [definition.components, ...cardsOf(definition)]) {
    const unknown = components.find((component) => !PARTS.some((type) => sameName(component.type, type)));
    const format = componentsIn(components, "HEADER")?.format?.toUpperCase() ?? "TEXT";
    const button = buttonsOf(components).find(
      (each) => !Object.hasOwn(BUTTON_KINDS, kindOf(each, definition.category)),
    );
    const what = unknown
      ? `${unknown.type} components`
      : format !== "TEXT" && !Object.hasOwn(HEADER_PARAMETERS, format)
        ? `${format} headers`
        : button && `${button.type} buttons`;
    if (what) throw new GraphError(100, { details: `The sandbox does not imitate templates with ${what}.` });
  }
}

function hasButton(definition: Definition, type: string): boolean {
  return buttonsOf(definition.components).some((button) => sameName(button.type, type));
}

function maxBody(definition: Definition): number {
  if (componentOf(definition, "LIMITED_TIME_OFFER")) return MAX_BODY_OFFER;
  if (componentOf(definition, "CALL_PERMISSION_REQUEST")) return MAX_BODY_PERMISSION;
  if (hasButton(definition, "SPM")) return MAX_BODY_SMALL;
  return definition.components.length === 1 ? MAX_BODY_ALONE : MAX_BODY;
}

/** Header, body and buttons: of the message itself, or of one card. */
function matchPart(
  wanted: Component[],
  sent: SentComponent[],
  definition: Definition,
  bodyMax: number,
  more: { isOffer: boolean; bodyText: string | undefined },
): void {
  const header = single(sent, "HEADER");
  const body = single(sent, "BODY");
  matchHeader(componentsIn(wanted, "HEADER"), header, definition);
  const text = more.bodyText ?? componentsIn(wanted, "BODY")?.text ?? "";
  matchText("body", text, body, isNamed(definition), bodyMax);
  const buttons = sent.filter((component) => component.type === "BUTTON");
  matchButtons(buttonsOf(wanted), buttons, definition.category, {
    code: body?.parameters[0]?.text ?? null,
    isOffer: more.isOffer,
  });
}

function single(components: SentComponent[], type: SentComponent["type"]): SentComponent | undefined {
  const [first, second] = components.filter((component) => component.type === type);
  if (second) throw invalid(`Param ${second.place}['type'] occurs twice: a message has one ${type}.`);
  return first;
}

function matchHeader(header: Component | undefined, sent: SentComponent | undefined, definition: Definition): void {
  const format = header?.format?.toUpperCase() ?? "";
  const wanted = HEADER_PARAMETERS[format];
  if (!header || !wanted) {
    matchText("header", header?.text ?? "", sent, isNamed(definition), MAX_HEADER);
    return;
  }
  const [parameter, extra] = sent?.parameters ?? [];
  if (!parameter || !wanted.includes(parameter.type) || isEmptyMedia(parameter)) {
    const received = !parameter || isEmptyMedia(parameter) ? "UNKNOWN" : parameter.type.toUpperCase();
    throw formatMismatch("header", format, received);
  }
  if (extra) throw countMismatch("header", sent?.parameters.length ?? 0, 1);
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

function matchOffer(offer: Component | undefined, sent: SentComponent | undefined, now: number): void {
  const inner = offer?.["limited_time_offer"];
  const expires = isObject(inner) && inner["has_expiration"] === true;
  const parameter = oneParameter(sent, "limited_time_offer", expires, offer !== undefined);
  if (parameter) checkExpiry(parameter.text, now);
}

function matchOrderStatus(definition: Definition, sent: SentComponent | undefined): void {
  const isStatus = sameName(definition["sub_category"], "ORDER_STATUS");
  oneParameter(sent, "order_status", isStatus, isStatus);
}

/** It stands in for the address of a URL button. */
function matchTapTarget(definition: Definition, sent: SentComponent | undefined): void {
  const isAllowed = hasButton(definition, "URL") && definition.category !== "AUTHENTICATION";
  oneParameter(sent, "tap_target_configuration", false, isAllowed);
}

/** The one parameter of a component that has its name. */
function oneParameter(
  sent: SentComponent | undefined,
  type: SentParameter["type"],
  isRequired: boolean,
  isAllowed: boolean,
): SentParameter | undefined {
  if (!sent) {
    if (isRequired) throw new GraphError(131008, { details: `${type}: the template needs this component` });
    return undefined;
  }
  if (!isAllowed) throw invalid(`Param ${sent.place} is for a part that the template does not have.`);
  const [parameter, extra] = sent.parameters;
  if (!parameter) throw new GraphError(131008, { details: `${type}: the component needs a parameter` });
  if (extra) throw countMismatch(type, sent.parameters.length, 1);
  if (parameter.type !== type) throw formatMismatch(type, type.toUpperCase(), parameter.type.toUpperCase());
  return parameter;
}

/** A media carousel is sent with the cards that were approved, a product carousel with two to ten of the same make. */
function matchCarousel(definition: Definition, sent: SentComponent | undefined): void {
  const wanted = cardsOf(definition);
  if (wanted.length === 0) {
    if (sent) throw invalid(`Param ${sent.place} is for a part that the template does not have.`);
    return;
  }
  if (!sent) throw new GraphError(131008, { details: "carousel: the template needs this component" });
  const isProducts = sameName(componentsIn(wanted[0] ?? [], "HEADER")?.format, "PRODUCT");
  const given = sent.cards.length;
  if (isProducts ? given < MIN_CARDS || given > MAX_CARDS : given !== wanted.length) {
    throw new GraphError(132012, {
      details: `carousel: number of cards (${given}) does not match the expected number (${wanted.length})`,
    });
  }
  for (const card of sent.cards) {
    // All cards are of one make, so that the first stands for those that a product carousel adds.
    const parts = wanted[card.index] ?? wanted[0] ?? [];
    matchPart(parts, card.components, definition, MAX_BODY_SMALL, { isOffer: false, bodyText: undefined });
  }
}
