/** The buttons of a new definition. */

import { placeholders, type Component } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, lengthOf, member, oneOf, required, type Json } from "../shape.ts";
import { missing, refuse, tooLong } from "./refuse.ts";

const MAX_BUTTONS = 10;
const MAX_OF_TYPE: Record<string, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
  ORDER_DETAILS: 1,
  PAYMENT_REQUEST: 3,
  REQUEST_CONTACT_INFO: 1,
};
const MAX_TEXT = 25;
const MAX_URL = 2000;
const MAX_PHONE = 20;
const MAX_CODE = 20;
const PAYMENTS: Record<string, string> = {
  boleto: "digitable_line",
  pix_dynamic_code: "code",
  payment_link: "uri",
};

/** Answers the types, in their order. */
export function checkButtons(component: Component, componentIndex: number): string[] {
  const parent = at("components", componentIndex, "buttons");
  const buttons = asArray(required(component, "buttons", at("components", componentIndex)), parent).map((each, index) =>
    asObject(each, at(parent, index)),
  );
  if (buttons.length === 0 || buttons.length > MAX_BUTTONS) {
    throw invalid(`Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: ${MAX_BUTTONS}`);
  }
  const types = buttons.map((button, index) => {
    const place = at(parent, index);
    return oneOf(required(button, "type", place), Object.keys(MAX_OF_TYPE), at(place, "type"));
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
  if (types.includes("REQUEST_CONTACT_INFO") && types.length > 1) {
    throw refuse(2388060, "Button format is incorrect", "A button that asks for contact information stands alone.");
  }
  for (const [index, button] of buttons.entries()) {
    const check = CHECKS[types[index] ?? ""] ?? ((each: Json, place: number) => checkText(each, place));
    check(button, index, at(parent, index));
  }
  return types;
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
  FLOW(button, index, place) {
    checkText(button, index);
    const named = ["flow_id", "flow_name", "flow_json"].filter((key) => member(button, key) !== undefined);
    if (named.length !== 1) throw invalid(`Param ${place} must have one of flow_id, flow_name and flow_json.`);
    const action = member(button, "flow_action");
    if (action !== undefined) oneOf(action, ["navigate", "data_exchange"], at(place, "flow_action"));
  },
  PAYMENT_REQUEST(button, index, place) {
    checkText(button, index);
    const setting = asObject(required(button, "payment_setting", place), at(place, "payment_setting"));
    const type = String(required(setting, "type", at(place, "payment_setting")));
    const inner = asObject(required(setting, type, at(place, "payment_setting")), at(place, "payment_setting", type));
    const key = PAYMENTS[type];
    if (key !== undefined) required(inner, key, at(place, "payment_setting", type));
  },
  // Its text is Meta's own.
  REQUEST_CONTACT_INFO() {},
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
