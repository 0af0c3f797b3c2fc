/** Simple checks of a new definition, with the subcodes that Graph answers. Written apart from the product's own rules. */

import { sameName, type Component } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, oneOf, onlyKeys, required, requiredString, type Json } from "../shape.ts";
import { checkAuthentication } from "./authentication.ts";
import { checkButtons } from "./buttons.ts";
import { checkCarousel, checkOffer, type Context } from "./carousel.ts";
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
  "degrees_of_freedom_spec",
];
const MAX_NAME = 512;

export function checkDefinition(body: unknown): NewDefinition {
  if (body === undefined) throw invalid("The body is not valid JSON.");
  const owner = asObject(body, "body");
  for (const key of ["library_template_name", "languages"]) {
    if (owner[key] !== undefined) {
      throw new GraphError(100, { details: `The sandbox does not imitate definitions with ${key}.` });
    }
  }
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
  if (category === "AUTHENTICATION") checkAuthentication(components);
  else checkComponents(components, { format, language, category });
  return { ...owner, name, language, category, parameter_format: format, components };
}

/** The members of each component besides its type. */
const MEMBERS: Record<string, string[]> = {
  HEADER: ["format", "text", "example"],
  BODY: ["text", "example", "add_security_recommendation"],
  FOOTER: ["text", "code_expiration_minutes"],
  BUTTONS: ["buttons"],
  CAROUSEL: ["cards"],
  LIMITED_TIME_OFFER: ["limited_time_offer"],
  CALL_PERMISSION_REQUEST: [],
};

function readComponent(value: unknown, index: number): Component {
  const place = at("components", index);
  const owner = asObject(value, place);
  const type = oneOf(required(owner, "type", place), Object.keys(MEMBERS), at(place, "type"));
  const extra = Object.keys(owner).find((key) => key !== "type" && !MEMBERS[type]?.includes(key));
  if (extra !== undefined) throw unexpected(type, extra);
  return { ...owner, type };
}

function checkComponents(components: Component[], { format, language, category }: Context): void {
  for (const type of Object.keys(MEMBERS)) {
    if (components.filter((each) => sameName(each.type, type)).length > 1)
      throw invalid(`components has more than one ${type}.`);
  }
  const find = (type: string): Component | undefined => components.find((each) => sameName(each.type, type));
  const body = find("BODY");
  if (!body) throw missing("BODY", "text");
  const header = find("HEADER");
  if (header) checkHeader(header, format);
  for (const key of ["add_security_recommendation", "code_expiration_minutes"]) {
    const odd = components.find((each) => each[key] !== undefined);
    if (odd) throw unexpected(odd.type, key);
  }
  checkBody(body, format, language);
  const footer = find("FOOTER");
  if (footer) checkFooter(footer);
  const buttons = find("BUTTONS");
  const types = buttons ? checkButtons(buttons, components.indexOf(buttons)) : [];
  if (sameName(header?.format, "PRODUCT") && !types.includes("SPM")) {
    throw refuse(2388072, "Message header format is incorrect", "A product header needs a button of type SPM.");
  }
  const offer = find("LIMITED_TIME_OFFER");
  if (offer) checkOffer(offer, { header, body, footer, buttons: types, category });
  const carousel = find("CAROUSEL");
  if (carousel) checkCarousel(carousel, components.indexOf(carousel), { format, language, category });
}
