/** What each kind of button wants of a send. A new kind is one more row in BUTTON_KINDS. */

import { hydrate, placeholders, type Button } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { lengthOf } from "../shape.ts";
import { checkCatalog, checkFlow, checkOrder, checkPaymentRequest, checkProducts } from "./actions.ts";
import type { SentComponent } from "./components.ts";
import type { SentParameter } from "./parameters.ts";
import { countMismatch, formatMismatch } from "./texts.ts";

/** What else the kinds look at. */
export interface Surroundings {
  /** The one-time code that the body shows. */
  code: string | null;
  /** Limited-time offers have shorter coupon codes. */
  isOffer: boolean;
}

interface Kind {
  /** The `sub_type` of its component; null when nothing is ever sent for it. */
  subType: SentComponent["subType"];
  /** Whether its component may come without parameters; others have them, or are left out. */
  bare?: true;
  check(button: Button, parameters: SentParameter[], index: number, around: Surroundings): void;
}

const MAX_URL = 2000;
const MAX_PAYLOAD = 256;
const MAX_CALL_PAYLOAD = 512;
const MAX_CODE = 15;

export const BUTTON_KINDS: Record<string, Kind> = {
  QUICK_REPLY: {
    subType: "QUICK_REPLY",
    check(_, parameters, index) {
      if (parameters.length === 0) return;
      checkPayload(only(parameters, "payload", "QuickReply", index), MAX_PAYLOAD);
    },
  },

  URL: {
    subType: "URL",
    check(button, parameters, index) {
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
  },

  COPY_CODE: {
    subType: "COPY_CODE",
    check(_, parameters, index, { isOffer }) {
      const { text } = only(parameters, "coupon_code", "CopyCode", index);
      if (isOffer && text.length > MAX_CODE) {
        throw new GraphError(131009, { details: `An offer's code has at most ${MAX_CODE} characters.` });
      }
    },
  },

  // The one-time code stands in the body and, once more, behind the button.
  OTP: {
    subType: "URL",
    check(_, parameters, index, { code }) {
      const { text } = only(parameters, "text", "Url", index);
      if (text !== code) throw new GraphError(132018, { details: "The code of the button differs from the body's." });
    },
  },

  FLOW: {
    subType: "FLOW",
    bare: true,
    check(_, parameters, index) {
      if (parameters.length > 0) checkFlow(only(parameters, "action", "Flow", index));
    },
  },

  CATALOG: {
    subType: "CATALOG",
    bare: true,
    check(_, parameters, index) {
      if (parameters.length > 0) checkCatalog(only(parameters, "action", "Catalog", index));
    },
  },

  MPM: { subType: "MPM", check: (_, parameters, index) => checkProducts(only(parameters, "action", "Mpm", index)) },

  ORDER_DETAILS: {
    subType: "ORDER_DETAILS",
    check: (_, parameters, index) => checkOrder(only(parameters, "action", "OrderDetails", index)),
  },

  // Without it the button offers what the template was made with.
  PAYMENT_REQUEST: {
    subType: "PAYMENT_REQUEST",
    check(_, parameters, index) {
      if (parameters.length > 0) checkPaymentRequest(only(parameters, "action", "PaymentRequest", index));
    },
  },

  VOICE_CALL: {
    subType: "VOICE_CALL",
    bare: true,
    check(_, parameters) {
      const types = parameters.map((each) => each.type);
      const odd = types.find(
        (type, place) => !["ttl_minutes", "payload"].includes(type) || types.indexOf(type) < place,
      );
      if (odd) throw formatMismatch("buttons", "TTL_MINUTES or PAYLOAD, once each", odd.toUpperCase());
      for (const each of parameters) if (each.type === "payload") checkPayload(each, MAX_CALL_PAYLOAD);
    },
  },

  PHONE_NUMBER: { subType: null, check: (_, parameters) => none(parameters) },
  SPM: { subType: null, check: (_, parameters) => none(parameters) },
  REQUEST_CONTACT_INFO: { subType: null, check: (_, parameters) => none(parameters) },
};

/** The kind of a button: read back, the one-time code's is a URL button of Meta's own. */
export function kindOf(button: Button, category: string): string {
  const type = button.type.toUpperCase();
  const isCode = type === "URL" && category === "AUTHENTICATION" && /whatsapp\.com\/otp\//.test(button.url ?? "");
  return isCode ? "OTP" : type;
}

/** Finds the buttons of a definition's part for the components that were sent, and lets each kind look. */
export function matchButtons(buttons: Button[], sent: SentComponent[], category: string, around: Surroundings): void {
  const byIndex = new Map<number, SentComponent>();
  for (const component of sent) {
    const index = component.index ?? buttons.findIndex((button) => button.type.toUpperCase() === component.subType);
    if (byIndex.has(index)) throw invalid(`Param ${component.place}['index'] occurs twice: ${index}.`);
    if (!buttons[index]) {
      throw new GraphError(131009, { details: `buttons: the template has no button at index ${index}` });
    }
    byIndex.set(index, component);
  }
  for (const [index, button] of buttons.entries()) {
    const component = byIndex.get(index);
    const kind = BUTTON_KINDS[kindOf(button, category)];
    if (component && component.subType !== kind?.subType) {
      const expected = kind?.subType ?? "NOTHING";
      throw new GraphError(132018, { details: `Parameter value for ${expected} was expected but was not found` });
    }
    // A flow's token may be left out, and a catalog's product; the component may not.
    if (!component && kind?.subType === "FLOW") {
      throw new GraphError(131009, { details: `buttons: there is no component for the flow at index ${index}` });
    }
    if (!component && kind?.subType === "CATALOG") {
      throw new GraphError(131008, { details: `buttons: there is no component for the catalog at index ${index}` });
    }
    kind?.check(button, component?.parameters ?? [], index, around);
    if (component && component.parameters.length === 0 && (component.hasParameters || !kind?.bare)) {
      throw new GraphError(131008, { details: `buttons: Button at index ${index} has a component without parameters` });
    }
  }
}

function checkPayload(parameter: SentParameter, max: number): void {
  if (lengthOf(parameter.text) > max) {
    throw invalid(`Param ${parameter.place}['payload'] must be at most ${max} characters long.`);
  }
}

function none(parameters: SentParameter[]): void {
  if (parameters.length > 0) throw countMismatch("buttons", parameters.length, 0);
}

function only(parameters: SentParameter[], type: SentParameter["type"], kind: string, index: number): SentParameter {
  const [first] = parameters;
  if (!first) {
    throw new GraphError(131008, { details: `buttons: Button at index ${index} of type ${kind} requires a parameter` });
  }
  if (parameters.length > 1) throw countMismatch("buttons", parameters.length, 1);
  if (first.type !== type) {
    if (type !== "payload") throw formatMismatch("buttons", type.toUpperCase(), first.type.toUpperCase());
    throw new GraphError(132018, { details: "Parameter value for QUICK_REPLY was expected but was not found" });
  }
  return first;
}
