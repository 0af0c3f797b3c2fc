/** `template.components` of a send: shapes only, no look at the definition yet. */

import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, oneOf, onlyKeys, required } from "../shape.ts";
import { readParameter, type SentParameter } from "./parameters.ts";

/** One component of a send. `index` and `subType` belong to buttons. */
export interface SentComponent {
  type: ComponentType;
  place: string;
  parameters: SentParameter[];
  /** False when the key was left out: Graph tells `parameters: []` from no parameters. */
  hasParameters: boolean;
  subType: SubType | null;
  index: number | null;
}

const TYPES = [
  "HEADER",
  "BODY",
  "BUTTON",
  "CAROUSEL",
  "LIMITED_TIME_OFFER",
  "ORDER_STATUS",
  "TAP_TARGET_CONFIGURATION",
] as const;
const SUB_TYPES = [
  "QUICK_REPLY",
  "URL",
  "COPY_CODE",
  "PHONE_NUMBER",
  "FLOW",
  "CATALOG",
  "MPM",
  "VOICE_CALL",
  "ORDER_DETAILS",
] as const;
type ComponentType = (typeof TYPES)[number];
type SubType = (typeof SUB_TYPES)[number];

const IMITATED: readonly string[] = ["HEADER", "BODY", "BUTTON"];
const MAX_INDEX = 9;

export function readComponent(value: unknown, place: string): SentComponent {
  const owner = asObject(value, place);
  const type = oneOf(required(owner, "type", place), TYPES, at(place, "type"));
  if (!IMITATED.includes(type)) {
    throw new GraphError(100, { details: `The sandbox does not imitate ${type} components.` });
  }
  const isButton = type === "BUTTON";
  onlyKeys(owner, isButton ? ["type", "sub_type", "index", "parameters"] : ["type", "parameters"], place);
  const parametersPlace = at(place, "parameters");
  const hasParameters = owner["parameters"] !== undefined;
  const list = hasParameters ? asArray(owner["parameters"], parametersPlace) : [];
  return {
    type,
    place,
    hasParameters,
    subType: isButton ? oneOf(required(owner, "sub_type", place), SUB_TYPES, at(place, "sub_type")) : null,
    index: isButton ? readIndex(required(owner, "index", place), at(place, "index")) : null,
    parameters: list.map((item, index) => readParameter(item, at(parametersPlace, index))),
  };
}

/** Meta's own samples write the index as a number and as a string. */
function readIndex(value: unknown, place: string): number {
  const index = typeof value === "string" && /^\d$/.test(value) ? Number(value) : value;
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index > MAX_INDEX) {
    throw invalid(`Param ${place} must be an integer between 0 and ${MAX_INDEX}.`);
  }
  return index;
}
