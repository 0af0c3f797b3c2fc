/** Template definitions as Meta's GET prints them, and the placeholders in their texts. */

import { isObject, type Json } from "./shape.ts";

export type Status = "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED" | (string & {});

export interface Button extends Json {
  type: string;
  text?: string;
  url?: string;
}

export interface Component extends Json {
  type: string;
  format?: string;
  text?: string;
  buttons?: Button[];
  cards?: { components?: Component[] }[];
}

/** One item of GET `/{WABA_ID}/message_templates`. */
export interface Definition extends Json {
  id: string;
  name: string;
  language: string;
  status: Status;
  category: string;
  parameter_format?: string;
  components: Component[];
}

/** The component of one type, found in any case. */
export function componentOf(definition: Definition, type: string): Component | undefined {
  return componentsIn(definition.components, type);
}

export function componentsIn(components: Component[], type: string): Component | undefined {
  return components.find((component) => sameName(component.type, type));
}

/** The buttons of the template itself or of one card, in the order that `index` counts. */
export function buttonsOf(components: Component[]): Button[] {
  return componentsIn(components, "BUTTONS")?.buttons ?? [];
}

/** The components of each card of the carousel; none without one. */
export function cardsOf(definition: Definition): Component[][] {
  return (componentOf(definition, "CAROUSEL")?.cards ?? []).map((card) => card.components ?? []);
}

export function sameName(left: unknown, right: string): boolean {
  return typeof left === "string" && left.toUpperCase() === right.toUpperCase();
}

export function isNamed(definition: Definition): boolean {
  return sameName(definition.parameter_format, "NAMED");
}

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The distinct placeholder names of a text: numbers in rising order, names as they come. */
export function placeholders(text: unknown): string[] {
  if (typeof text !== "string") return [];
  const names = [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

/** The text that the recipient would read. */
export function hydrate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}

/** Whether a stored item has at least what a send needs to be matched against it. */
export function isDefinition(value: unknown): value is Definition {
  return (
    isObject(value) &&
    typeof value["name"] === "string" &&
    typeof value["language"] === "string" &&
    Array.isArray(value["components"]) &&
    value["components"].every((component) => isObject(component) && typeof component["type"] === "string")
  );
}
