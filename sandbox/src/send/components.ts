/** `template.components` of a send: shapes only, no look at the definition yet. */

import { GraphError, invalid } from "../errors.ts";
import { asArray, asObject, at, member, oneOf, onlyKeys, required } from "../shape.ts";
import { readParameter, type SentParameter } from "./parameters.ts";

/** One component of a send. `index` and `subType` belong to buttons, `cards` to carousels. */
export interface SentComponent {
  type: ComponentType;
  place: string;
  parameters: SentParameter[];
  /** False when the key was left out: Graph tells `parameters: []` from no parameters. */
  hasParameters: boolean;
  subType: SubType | null;
  /** Null where a call button goes without. */
  index: number | null;
  cards: SentCard[];
}

export interface SentCard {
  place: string;
  index: number;
  components: SentComponent[];
}

const IN_CARDS = ["HEADER", "BODY", "BUTTON"] as const;
const TYPES = [...IN_CARDS, "CAROUSEL", "LIMITED_TIME_OFFER", "ORDER_STATUS", "TAP_TARGET_CONFIGURATION"] as const;
const SUB_TYPES = [
  "QUICK_REPLY",
  "URL",
  "COPY_CODE",
  "FLOW",
  "CATALOG",
  "MPM",
  "VOICE_CALL",
  "ORDER_DETAILS",
  "PAYMENT_REQUEST",
] as const;
type ComponentType = (typeof TYPES)[number];
type SubType = (typeof SUB_TYPES)[number];

const MAX_INDEX = 9;
const MAX_CARDS = 10;

export function readComponent(value: unknown, place: string, inCard = false): SentComponent {
  const owner = asObject(value, place);
  const type = oneOf(required(owner, "type", place), inCard ? IN_CARDS : TYPES, at(place, "type"));
  const component: SentComponent = {
    type,
    place,
    parameters: [],
    hasParameters: false,
    subType: null,
    index: null,
    cards: [],
  };
  if (type === "CAROUSEL") {
    onlyKeys(owner, ["type", "cards"], place);
    component.cards = readCards(required(owner, "cards", place), at(place, "cards"));
    return component;
  }
  if (type === "BUTTON") {
    onlyKeys(owner, ["type", "sub_type", "index", "parameters"], place);
    component.subType = oneOf(required(owner, "sub_type", place), SUB_TYPES, at(place, "sub_type"));
    // Meta's own sample of a call button has no index.
    const isCall = component.subType === "VOICE_CALL" && member(owner, "index") === undefined;
    component.index = isCall ? null : readIndex(required(owner, "index", place), at(place, "index"));
  } else {
    onlyKeys(owner, ["type", "parameters"], place);
  }
  const list = member(owner, "parameters");
  if (list === undefined) return component;
  component.hasParameters = true;
  const parametersPlace = at(place, "parameters");
  component.parameters = asArray(list, parametersPlace).map((item, index) =>
    readParameter(item, at(parametersPlace, index), type),
  );
  return component;
}

/** Meta's own samples write the index as a number and as a string. */
function readIndex(value: unknown, place: string): number {
  const index = typeof value === "string" && /^\d$/.test(value) ? Number(value) : value;
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index > MAX_INDEX) {
    throw invalid(`Param ${place} must be an integer between 0 and ${MAX_INDEX}.`);
  }
  return index;
}

function readCards(value: unknown, place: string): SentCard[] {
  const list = asArray(value, place);
  if (list.length === 0 || list.length > MAX_CARDS) {
    throw invalid(`Param ${place} must have 1 to ${MAX_CARDS} elements.`);
  }
  const cards = list.map((each, position) => {
    const cardPlace = at(place, position);
    const owner = asObject(each, cardPlace);
    onlyKeys(owner, ["card_index", "components"], cardPlace);
    const index = required(owner, "card_index", cardPlace);
    if (typeof index !== "number" || !Number.isInteger(index)) {
      throw invalid(`Param ${at(cardPlace, "card_index")} must be an integer.`);
    }
    const componentsPlace = at(cardPlace, "components");
    const components = asArray(required(owner, "components", cardPlace), componentsPlace).map((item, number) =>
      readComponent(item, at(componentsPlace, number), true),
    );
    return { place: cardPlace, index, components };
  });
  const indices = cards.map((card) => card.index).toSorted((left, right) => left - right);
  if (indices.some((index, position) => index !== position)) {
    throw new GraphError(131009, { details: "carousel: card_index must count the cards from 0, each number once" });
  }
  return cards;
}
