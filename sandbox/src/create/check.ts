/** Simple checks of a new definition, with the subcodes that Graph answers. Written apart from the product's own rules. */

import { sameName, type Component } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, oneOf, onlyKeys, required, requiredString, type Json } from "../shape.ts";
import { checkButtons } from "./buttons.ts";
import { LANGUAGES } from "./languages.ts";
import { missing, refuse, tooLong, unexpected } from "./refuse.ts";
import { checkBody, checkFooter, checkHeader, type Format } from "./texts.ts";

/** The part of a definition that the author writes. */
export interface NewDefinition extends Json {
  name: string;
  language: string;
  category: string;
  parameter_format: Format;
  components: Component[];
}

const KEYS = [
  "name",
  "language",
  "category",
  "parameter_format",
  "components",
  "allow_category_change",
  "sub_category",
  "message_send_ttl_seconds",
  "cta_url_link_tracking_opted_out",
  "display_format",
];
const MAX_NAME = 512;

export function checkDefinition(body: unknown): NewDefinition {
  if (body === undefined) throw invalid("The body is not valid JSON.");
  const owner = asObject(body, "body");
  const name = requiredString(owner, "name");
  if (!/^[a-z0-9_]+$/.test(name)) {
    throw refuse(
      2388046,
      "Name Format is Incorrect",
      "The message template name can only have lowercase letters and underscores.",
    );
  }
  if (name.length > MAX_NAME) throw tooLong("name", MAX_NAME);
  const category = oneOf(required(owner, "category"), ["AUTHENTICATION", "MARKETING", "UTILITY"], "category");
  if (category === "AUTHENTICATION") {
    throw new GraphError(100, { details: "The sandbox does not imitate authentication templates." });
  }
  const language = requiredString(owner, "language");
  if (!LANGUAGES.has(language)) {
    throw refuse(2388049, "Message template language is not supported", "Content can't be added for this language.");
  }
  const format =
    owner["parameter_format"] === undefined
      ? "POSITIONAL"
      : oneOf(owner["parameter_format"], ["POSITIONAL", "NAMED"], "parameter_format");
  onlyKeys(owner, KEYS, "body");
  const components = asArray(required(owner, "components"), "components").map((each, index) =>
    readComponent(each, index),
  );
  checkComponents(components, format, language);
  return { ...owner, name, language, category, parameter_format: format, components };
}

const IMITATED = ["HEADER", "BODY", "FOOTER", "BUTTONS"];
const NOT_IMITATED = ["CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST"];

function readComponent(value: unknown, index: number): Component {
  const place = at("components", index);
  const owner = asObject(value, place);
  const type = oneOf(required(owner, "type", place), [...IMITATED, ...NOT_IMITATED], at(place, "type"));
  if (NOT_IMITATED.includes(type))
    throw new GraphError(100, { details: `The sandbox does not imitate ${type} components.` });
  const keys =
    { HEADER: ["format", "text", "example"], BODY: ["text", "example"], FOOTER: ["text"], BUTTONS: ["buttons"] }[
      type
    ] ?? [];
  const extra = Object.keys(owner).find((key) => key !== "type" && !keys.includes(key));
  if (extra !== undefined) throw unexpected(type, extra);
  return { ...owner, type };
}

function checkComponents(components: Component[], format: Format, language: string): void {
  for (const type of IMITATED) {
    if (components.filter((each) => sameName(each.type, type)).length > 1)
      throw invalid(`components has more than one ${type}.`);
  }
  const find = (type: string): Component | undefined => components.find((each) => sameName(each.type, type));
  const body = find("BODY");
  if (!body) throw missing("BODY", "text");
  const header = find("HEADER");
  if (header) checkHeader(header, format);
  checkBody(body, format, language);
  const footer = find("FOOTER");
  if (footer) checkFooter(footer);
  const buttons = find("BUTTONS");
  if (buttons) checkButtons(buttons, components.indexOf(buttons));
}
