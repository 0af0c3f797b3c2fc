/** What each kind of button wants of a send. A new kind is one more row in BUTTON_KINDS. */

import { hydrate, placeholders, type Button } from "../definition.ts";
import { GraphError } from "../errors.ts";
import { lengthOf } from "../shape.ts";
import type { SentParameter } from "./parameters.ts";
import { countMismatch, formatMismatch } from "./texts.ts";

type Check = (button: Button, parameters: SentParameter[], index: number) => void;

const MAX_URL = 2000;

export const BUTTON_KINDS: Record<string, Check> = {
  QUICK_REPLY(_, parameters) {
    if (parameters.length > 1) throw countMismatch("buttons", parameters.length, 1);
    if (parameters[0] && parameters[0].type !== "payload") {
      throw new GraphError(132018, { details: "Parameter value for QUICK_REPLY was expected but was not found" });
    }
  },

  URL(button, parameters, index) {
    const [variable] = placeholders(button.url);
    if (variable === undefined) return none(parameters);
    const suffix = only(parameters, "text", "Url", index);
    const url = hydrate(button.url ?? "", new Map([[variable, suffix.text]]));
    if (lengthOf(url) > MAX_URL) {
      throw new GraphError(132005, {
        details: `buttons: the URL at index ${index} is longer than ${MAX_URL} characters`,
      });
    }
  },

  PHONE_NUMBER: (_, parameters) => none(parameters),

  COPY_CODE: (_, parameters, index) => void only(parameters, "coupon_code", "CopyCode", index),
};

function none(parameters: SentParameter[]): void {
  if (parameters.length > 0) throw countMismatch("buttons", parameters.length, 0);
}

function only(parameters: SentParameter[], type: SentParameter["type"], kind: string, index: number): SentParameter {
  const [first] = parameters;
  if (!first) {
    throw new GraphError(131008, { details: `buttons: Button at index ${index} of type ${kind} requires a parameter` });
  }
  if (parameters.length > 1) throw countMismatch("buttons", parameters.length, 1);
  if (first.type !== type) throw formatMismatch("buttons", type.toUpperCase(), first.type.toUpperCase());
  return first;
}
