/** New authentication templates: Meta writes their texts itself. */

import { componentsIn, type Component } from "../definition.ts";
import { invalid } from "../errors.ts";
import { asArray, asObject, at, lengthOf, member, oneOf, required, requiredString, type Json } from "../shape.ts";
import { missing, tooLong, unexpected } from "./refuse.ts";

const MAX_MINUTES = 90;
const MAX_TEXT = 25;
const MAX_APPS = 5;
const HASH = /^[A-Za-z0-9+/=]{11}$/;
const PACKAGE = /^[a-zA-Z][a-zA-Z0-9_]*(\.[a-zA-Z][a-zA-Z0-9_]*)+$/;

export function checkAuthentication(components: Component[]): void {
  for (const { type } of components) if (!["BODY", "FOOTER", "BUTTONS"].includes(type)) throw unexpected(type, type);
  const body = componentsIn(components, "BODY");
  if (!body) throw missing("BODY", "add_security_recommendation");
  for (const key of ["text", "example"]) if (member(body, key) !== undefined) throw unexpected("BODY", key);
  const advice = member(body, "add_security_recommendation");
  if (advice !== undefined && typeof advice !== "boolean") {
    throw invalid("Param components['BODY']['add_security_recommendation'] must be a boolean.");
  }
  const footer = componentsIn(components, "FOOTER");
  if (footer) checkFooter(footer);
  const buttons = componentsIn(components, "BUTTONS");
  if (!buttons) throw missing("BUTTONS", "buttons");
  const place = at("components", components.indexOf(buttons), "buttons");
  const list = asArray(required(buttons, "buttons", "BUTTONS"), place);
  if (list.length !== 1) throw invalid(`Param ${place} must have one button, of type OTP.`);
  checkButton(asObject(list[0], at(place, 0)), at(place, 0));
}

function checkFooter(footer: Component): void {
  if (footer.text !== undefined) throw unexpected("FOOTER", "text");
  const minutes = member(footer, "code_expiration_minutes");
  if (typeof minutes !== "number" || !Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw invalid(`Param components['FOOTER']['code_expiration_minutes'] must be 1 to ${MAX_MINUTES}.`);
  }
}

function checkButton(button: Json, place: string): void {
  oneOf(required(button, "type", place), ["OTP"], at(place, "type"));
  const kind = oneOf(required(button, "otp_type", place), ["COPY_CODE", "ONE_TAP", "ZERO_TAP"], at(place, "otp_type"));
  for (const key of ["text", "autofill_text"]) {
    if (member(button, key) !== undefined && lengthOf(requiredString(button, key, place)) > MAX_TEXT) {
      throw tooLong("button text", MAX_TEXT);
    }
  }
  if (kind === "COPY_CODE") return;
  if (kind === "ZERO_TAP" && button["zero_tap_terms_accepted"] !== true) {
    throw invalid(`Param ${at(place, "zero_tap_terms_accepted")} must be true.`);
  }
  // Versions up to 20 name one app beside the list.
  const apps = member(button, "supported_apps") ?? [button];
  const list = asArray(apps, at(place, "supported_apps"));
  if (list.length === 0 || list.length > MAX_APPS) {
    throw invalid(`Param ${at(place, "supported_apps")} must have 1 to ${MAX_APPS} elements.`);
  }
  for (const [index, each] of list.entries()) {
    const appPlace = at(place, "supported_apps", index);
    const app = asObject(each, appPlace);
    if (!PACKAGE.test(requiredString(app, "package_name", appPlace))) {
      throw invalid(`Param ${at(appPlace, "package_name")} is not the name of a package.`);
    }
    if (!HASH.test(requiredString(app, "signature_hash", appPlace))) {
      throw invalid(`Param ${at(appPlace, "signature_hash")} must have 11 characters.`);
    }
  }
}
