/** The buttons of a new definition. */

import { placeholders, type Component } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, lengthOf, oneOf, required, type Json } from "../shape.ts";
import { missing, refuse, tooLong } from "./refuse.ts";

const MAX_BUTTONS = 10;
const MAX_OF_TYPE: Record<string, number> = { QUICK_REPLY: 10, URL: 2, PHONE_NUMBER: 1, COPY_CODE: 1 };
const MAX_TEXT = 25;
const MAX_URL = 2000;
const MAX_PHONE = 20;
const MAX_CODE = 20;
const NOT_IMITATED = [
  "CATALOG",
  "FLOW",
  "MPM",
  "SPM",
  "OTP",
  "VOICE_CALL",
  "ORDER_DETAILS",
  "PAYMENT_REQUEST",
  "REQUEST_CONTACT_INFO",
];

export function checkButtons(component: Component, componentIndex: number): void {
  const parent = at("components", componentIndex, "buttons");
  const buttons = asArray(required(component, "buttons", at("components", componentIndex)), parent).map((each, index) =>
    asObject(each, at(parent, index)),
  );
  if (buttons.length === 0 || buttons.length > MAX_BUTTONS) {
    throw invalid(`Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: ${MAX_BUTTONS}`);
  }
  const types = buttons.map((button, index) => {
    const place = at(parent, index);
    const type = oneOf(
      required(button, "type", place),
      [...Object.keys(MAX_OF_TYPE), ...NOT_IMITATED],
      at(place, "type"),
    );
    if (NOT_IMITATED.includes(type))
      throw new GraphError(100, { details: `The sandbox does not imitate ${type} buttons.` });
    return type;
  });
  for (const [type, max] of Object.entries(MAX_OF_TYPE)) {
    if (types.filter((each) => each === type).length > max) {
      throw refuse(
        2388060,
        "Button format is incorrect",
        `A template can have at most ${max} ${type} button${max === 1 ? "" : "s"}.`,
      );
    }
  }
  const replies = types.map((type) => (type === "QUICK_REPLY" ? "r" : "-")).join("");
  if (/r-+r/.test(replies)) {
    throw refuse(
      2388060,
      "Button format is incorrect",
      "Quick reply buttons and other buttons cannot alternate: invalid combination.",
    );
  }
  for (const [index, button] of buttons.entries()) CHECKS[types[index] ?? ""]?.(button, index, at(parent, index));
}

const CHECKS: Record<string, (button: Json, index: number, place: string) => void> = {
  QUICK_REPLY: (button, index) => checkText(button, index),
  URL(button, index, place) {
    checkText(button, index);
    const url = textOf(button, "url", index);
    const names = placeholders(url);
    if (!isHttpUrl(url.replace(/\{\{[^{}]*\}\}/g, "x")) || url.startsWith("{{")) {
      throw invalid(`Param ${at(place, "url")} is not a valid URI.`);
    }
    if (lengthOf(url) > MAX_URL) throw tooLong("URL", MAX_URL);
    if (names.length > 1 || (names.length === 1 && !url.endsWith("}}"))) {
      throw invalid(`Param ${at(place, "url")} can have one variable, and only at its end.`);
    }
    if (/^https?:\/\/(www\.)?(wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com)([/?#]|$)/i.test(url)) {
      throw refuse(2388060, "Button format is incorrect", "Direct links to WhatsApp aren't allowed for buttons.");
    }
    const example = button["example"];
    if (names.length === 1 && !(Array.isArray(example) && typeof example[0] === "string" && example[0] !== "")) {
      throw missing("BUTTONS", "example");
    }
  },
  PHONE_NUMBER(button, index, place) {
    checkText(button, index);
    const phone = textOf(button, "phone_number", index);
    if (!/^\+?\d[\d ()-]*$/.test(phone) || phone.length > MAX_PHONE) {
      throw new GraphError(192, { message: `(#192) Param ${at(place, "phone_number")} is not a valid phone number.` });
    }
  },
  COPY_CODE(button) {
    const given: unknown = Array.isArray(button["example"]) ? button["example"][0] : button["example"];
    if (typeof given !== "string" || given === "") throw missing("BUTTONS", "example");
    if (given.length > MAX_CODE) throw tooLong("coupon code", MAX_CODE);
  },
};

function textOf(button: Json, key: string, index: number): string {
  const value = button[key];
  if (typeof value !== "string" || value === "") {
    throw refuse(2388050, "Message template button is missing a field", `Button at index ${index} is missing ${key}.`);
  }
  return value;
}

function checkText(button: Json, index: number): void {
  const text = textOf(button, "text", index);
  if (lengthOf(text) > MAX_TEXT) throw tooLong("button text", MAX_TEXT);
  if (/[\n\r*_~`]|\{\{/.test(text) || /\p{RGI_Emoji}/v.test(text)) {
    throw refuse(
      2388060,
      "Button format is incorrect",
      "Buttons can't have any variables, newlines, emojis or formatting characters.",
    );
  }
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\/[^/]+/i.test(url);
}
