/** New carousels and limited-time offers. */

import { componentsIn, type Component } from "../definition.ts";
import { invalid } from "../errors.ts";
import { asArray, asObject, at, lengthOf, member, oneOf, required, requiredString } from "../shape.ts";
import { checkButtons } from "./buttons.ts";
import { refuse, tooLong, unexpected } from "./refuse.ts";
import { checkBody, checkHeader, type Format } from "./texts.ts";

/** What holds for the whole definition. */
export interface Context {
  format: Format;
  language: string;
  category: string;
}

const MIN_CARDS = 2;
const MAX_CARDS = 10;
const MAX_CARD_BODY = 160;
const MAX_CARD_BUTTONS = 2;
const CARD_BUTTONS = ["QUICK_REPLY", "URL", "PHONE_NUMBER", "ORDER_DETAILS"];
const MAX_OFFER = 16;
const MAX_OFFER_BODY = 600;

function onlyMarketing(category: string, what: string): void {
  if (category !== "MARKETING") throw invalid(`Only templates of the category MARKETING can have ${what}.`);
}

export function checkCarousel(carousel: Component, index: number, context: Context): void {
  onlyMarketing(context.category, "a carousel");
  const place = at("components", index, "cards");
  const cards = asArray(required(carousel, "cards", at("components", index)), place);
  if (cards.length < MIN_CARDS || cards.length > MAX_CARDS) {
    throw invalid(`Param ${place} must have ${MIN_CARDS} to ${MAX_CARDS} cards.`);
  }
  const makes = cards.map((each, number) => checkCard(each, at(place, number), context));
  if (new Set(makes).size > 1) throw invalid(`Param ${place}: all cards must have the same components.`);
}

/** Answers what all cards must have in common. */
function checkCard(value: unknown, place: string, { format, language }: Context): string {
  const card = asObject(value, place);
  const componentsPlace = at(place, "components");
  const components = asArray(required(card, "components", place), componentsPlace).map((each, index) => {
    const owner = asObject(each, at(componentsPlace, index));
    const type = oneOf(required(owner, "type", componentsPlace), ["HEADER", "BODY", "BUTTONS"], componentsPlace);
    return { ...owner, type } as Component;
  });
  const [header, body, buttons] = ["HEADER", "BODY", "BUTTONS"].map((type) => componentsIn(components, type));
  if (!header) throw invalid(`Param ${componentsPlace} needs a header.`);
  checkHeader(header, format);
  const kind = String(header.format).toUpperCase();
  if (!["IMAGE", "VIDEO", "PRODUCT"].includes(kind)) throw invalid(`Param ${componentsPlace}: no ${kind} in a card.`);
  const isProduct = kind === "PRODUCT";
  if (body) {
    if (isProduct) throw unexpected("CARD", "BODY");
    checkBody(body, format, language);
    if (lengthOf(body.text ?? "") > MAX_CARD_BODY) throw tooLong("body of a card", MAX_CARD_BODY);
  }
  if (!buttons) throw invalid(`Param ${componentsPlace} needs buttons.`);
  const types = checkButtons(buttons, 0);
  if (types.length > (isProduct ? 1 : MAX_CARD_BUTTONS)) throw invalid(`Param ${componentsPlace}: too many buttons.`);
  const allowed = isProduct ? ["SPM", "URL"] : CARD_BUTTONS;
  const odd = types.find((type) => !allowed.includes(type));
  if (odd) throw refuse(2388060, "Button format is incorrect", `A card cannot have a ${odd} button.`);
  return [kind, body ? "BODY" : "", ...types].join();
}

export function checkOffer(
  offer: Component,
  around: {
    header: Component | undefined;
    body: Component;
    footer: Component | undefined;
    buttons: string[];
    category: string;
  },
): void {
  onlyMarketing(around.category, "a limited-time offer");
  const place = "components['LIMITED_TIME_OFFER']";
  const inner = asObject(required(offer, "limited_time_offer", place), place);
  if (lengthOf(requiredString(inner, "text", place)) > MAX_OFFER) throw tooLong("text of the offer", MAX_OFFER);
  const expires = member(inner, "has_expiration");
  if (expires !== undefined && typeof expires !== "boolean") {
    throw invalid(`Param ${at(place, "has_expiration")} must be a boolean.`);
  }
  const format = around.header && String(around.header.format).toUpperCase();
  if (format !== undefined && !["IMAGE", "VIDEO"].includes(format)) throw unexpected("HEADER", format);
  if (around.footer) throw unexpected("FOOTER", "text");
  if (lengthOf(around.body.text ?? "") > MAX_OFFER_BODY) throw tooLong("body", MAX_OFFER_BODY);
  const types = around.buttons.join();
  if (!["URL", "COPY_CODE,URL"].includes(types) && !around.buttons.includes("PAYMENT_REQUEST")) {
    throw refuse(
      2388060,
      "Button format is incorrect",
      "An offer has a copy-code button and a URL button, in this order.",
    );
  }
}
