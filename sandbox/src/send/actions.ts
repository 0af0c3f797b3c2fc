/** The `action` of a flow, catalog, multi-product or order button. */

import { GraphError, invalid } from "../errors.ts";
import {
  asArray,
  asObject,
  at,
  exactly,
  lengthOf,
  member,
  onlyKeys,
  required,
  requiredString,
  type Json,
} from "../shape.ts";
import type { SentParameter } from "./parameters.ts";

const MAX_SECTIONS = 10;
const MAX_TITLE = 24;
const MAX_PRODUCTS = 30;
const MAX_ITEM_NAME = 60;
const MAX_NOTE = 60;

export function checkFlow(parameter: SentParameter): void {
  const [owner, place] = actionOf(parameter);
  onlyKeys(owner, ["flow_token", "flow_action_data"], place);
  if (member(owner, "flow_token") !== undefined) requiredString(owner, "flow_token", place);
  const data = member(owner, "flow_action_data");
  if (data !== undefined) asObject(data, at(place, "flow_action_data"));
}

export function checkCatalog(parameter: SentParameter): void {
  const [owner, place] = actionOf(parameter);
  onlyKeys(owner, ["thumbnail_product_retailer_id"], place);
  // Who has no picture to choose leaves the parameters out.
  requiredString(owner, "thumbnail_product_retailer_id", place);
}

export function checkProducts(parameter: SentParameter): void {
  const [owner, place] = actionOf(parameter);
  onlyKeys(owner, ["thumbnail_product_retailer_id", "sections"], place);
  requiredString(owner, "thumbnail_product_retailer_id", place);
  const sectionsPlace = at(place, "sections");
  const sections = asArray(required(owner, "sections", place), sectionsPlace);
  if (sections.length === 0 || sections.length > MAX_SECTIONS) {
    throw invalid(`Param ${sectionsPlace} must have 1 to ${MAX_SECTIONS} elements.`);
  }
  let products = 0;
  for (const [index, each] of sections.entries()) {
    const sectionPlace = at(sectionsPlace, index);
    const section = asObject(each, sectionPlace);
    onlyKeys(section, ["title", "product_items"], sectionPlace);
    if (lengthOf(requiredString(section, "title", sectionPlace)) > MAX_TITLE) {
      throw invalid(`Param ${at(sectionPlace, "title")} must be at most ${MAX_TITLE} characters long.`);
    }
    const itemsPlace = at(sectionPlace, "product_items");
    const items = asArray(required(section, "product_items", sectionPlace), itemsPlace);
    if (items.length === 0) throw invalid(`Param ${itemsPlace} must have at least 1 element.`);
    for (const [number, item] of items.entries()) {
      const itemPlace = at(itemsPlace, number);
      const product = asObject(item, itemPlace);
      onlyKeys(product, ["product_retailer_id"], itemPlace);
      requiredString(product, "product_retailer_id", itemPlace);
    }
    products += items.length;
  }
  if (products > MAX_PRODUCTS) throw invalid(`Param ${sectionsPlace} must have at most ${MAX_PRODUCTS} products.`);
}

/** Payments in the chat exist in India and in Brazil, in rupees and in reais. */
const CURRENCIES = ["INR", "BRL"];
const OFFSET = 100;

export function checkOrder(parameter: SentParameter): void {
  const [owner, place] = actionOf(parameter);
  onlyKeys(owner, ["order_details"], place);
  const detailsPlace = at(place, "order_details");
  const details = asObject(required(owner, "order_details", place), detailsPlace);
  requiredString(details, "reference_id", detailsPlace);
  exactly(required(details, "type", detailsPlace), ["digital-goods", "physical-goods"], at(detailsPlace, "type"));
  const currency = exactly(required(details, "currency", detailsPlace), CURRENCIES, at(detailsPlace, "currency"));
  // How to pay is said here, or in a configuration that is named here.
  const ways = member(details, "payment_settings");
  if (ways !== undefined || member(details, "payment_configuration") === undefined) {
    const list = asArray(required(details, "payment_settings", detailsPlace), at(detailsPlace, "payment_settings"));
    if (list.length === 0) throw invalid(`Param ${at(detailsPlace, "payment_settings")} must have at least 1 element.`);
    list.forEach((each, index) => {
      const way = at(at(detailsPlace, "payment_settings"), index);
      requiredString(asObject(each, way), "type", way);
    });
  }
  const total = amount(details, "total_amount", detailsPlace);
  const orderPlace = at(detailsPlace, "order");
  const order = asObject(required(details, "order", detailsPlace), orderPlace);
  exactly(required(order, "status", orderPlace), ["pending"], at(orderPlace, "status"));
  const subtotal = amount(order, "subtotal", orderPlace);
  const tax = amount(order, "tax", orderPlace);
  const [shipping, discount] = ["shipping", "discount"].map((key) =>
    member(order, key) === undefined ? 0 : amount(order, key, orderPlace),
  );
  checkDescription(order, "expiration", orderPlace, MAX_NOTE * 2);
  const isImported = currency === "INR" && member(order, "catalog_id") === undefined;
  checkSum("subtotal", subtotal, itemsOf(order, orderPlace, isImported));
  checkSum("total_amount", total, [subtotal + tax + (shipping ?? 0) - (discount ?? 0)]);
}

/** What the items cost: at their full price, and at their lowered one. */
function itemsOf(order: Json, orderPlace: string, isImported: boolean): number[] {
  const place = at(orderPlace, "items");
  const items = asArray(required(order, "items", orderPlace), place);
  if (items.length === 0) throw invalid(`Param ${place} must have at least 1 element.`);
  const sums: [number, number] = [0, 0];
  for (const [index, each] of items.entries()) {
    const itemPlace = at(place, index);
    const item = asObject(each, itemPlace);
    if (lengthOf(requiredString(item, "name", itemPlace)) > MAX_ITEM_NAME) {
      throw invalid(`Param ${at(itemPlace, "name")} must be at most ${MAX_ITEM_NAME} characters long.`);
    }
    const quantity = required(item, "quantity", itemPlace);
    if (typeof quantity !== "number" || !Number.isInteger(quantity)) {
      throw invalid(`Param ${at(itemPlace, "quantity")} must be an integer.`);
    }
    if (isImported) {
      for (const key of ["country_of_origin", "importer_name"]) requiredString(item, key, itemPlace);
      asObject(required(item, "importer_address", itemPlace), at(itemPlace, "importer_address"));
    }
    const price = amount(item, "amount", itemPlace);
    const sale = member(item, "sale_amount") === undefined ? price : amount(item, "sale_amount", itemPlace);
    sums[0] += price * quantity;
    sums[1] += sale * quantity;
  }
  return sums;
}

function checkSum(name: string, given: number, expected: number[]): void {
  if (expected.includes(given)) return;
  throw new GraphError(131009, { details: `order_details: ${name} is ${given}, and must be ${expected.join(" or ")}` });
}

function amount(owner: Json, key: string, place: string): number {
  const amountPlace = at(place, key);
  const money = asObject(required(owner, key, place), amountPlace);
  const [value, offset] = [required(money, "value", amountPlace), required(money, "offset", amountPlace)];
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw invalid(`Param ${at(amountPlace, "value")} must be an integer.`);
  }
  if (offset !== OFFSET) throw invalid(`Param ${at(amountPlace, "offset")} must be ${OFFSET}.`);
  checkText(money, "description", amountPlace, MAX_NOTE);
  checkText(money, "discount_program_name", amountPlace, MAX_NOTE);
  return value;
}

function checkDescription(owner: Json, key: string, place: string, max: number): void {
  const inner = member(owner, key);
  if (inner !== undefined) checkText(asObject(inner, at(place, key)), "description", at(place, key), max);
}

function checkText(owner: Json, key: string, place: string, max: number): void {
  const text = member(owner, key);
  if (text === undefined) return;
  if (lengthOf(requiredString(owner, key, place)) > max) {
    throw invalid(`Param ${at(place, key)} must be at most ${max} characters long.`);
  }
}

/** What each way to pay is given by: the table of the page and its samples differ on Pix. */
const SETTINGS: Record<string, string[]> = {
  pix_dynamic_code: ["code", "pix_dynamic_code"],
  boleto: ["digitable_line"],
  payment_link: ["uri"],
  offsite_card_pay: [],
};

export function checkPaymentRequest(parameter: SentParameter): void {
  const [owner, place] = actionOf(parameter);
  onlyKeys(owner, ["payment_request"], place);
  const requestPlace = at(place, "payment_request");
  const request = asObject(required(owner, "payment_request", place), requestPlace);
  onlyKeys(request, ["payment_setting"], requestPlace);
  const settingPlace = at(requestPlace, "payment_setting");
  const setting = asObject(required(request, "payment_setting", requestPlace), settingPlace);
  const type = exactly(required(setting, "type", settingPlace), Object.keys(SETTINGS), at(settingPlace, "type"));
  const keys = SETTINGS[type] ?? [];
  if (keys.length === 0) return;
  const inner = asObject(required(setting, type, settingPlace), at(settingPlace, type));
  if (!keys.some((key) => typeof inner[key] === "string" && inner[key].trim() !== "")) {
    throw invalid(`The parameter ${at(settingPlace, type, keys[0] ?? "")} is required.`);
  }
}

function actionOf(parameter: SentParameter): [Json, string] {
  const place = at(parameter.place, "action");
  return [asObject(parameter.value, place), place];
}
