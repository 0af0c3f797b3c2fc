/** How Graph refuses a definition: code 100, and all that matters in the subcode and the words for the user. */

import { GraphError } from "../errors.ts";
import { isObject, type Json } from "../shape.ts";

export function refuse(subcode: number, userTitle: string, userMessage: string): GraphError {
  return new GraphError(100, { message: "Invalid parameter", subcode, isTransient: false, userTitle, userMessage });
}

export function missing(type: string, field: string): GraphError {
  return refuse(
    2388043,
    'Message template "components" param is missing expected field(s)',
    `component of type ${type} is missing expected field(s) (${field})`,
  );
}

export function unexpected(type: string, field: string): GraphError {
  return refuse(
    2388042,
    'Message template "components" param contains unexpected field(s)',
    `component of type ${type} has unexpected field(s) (${field})`,
  );
}

export function tooLong(field: string, max: number): GraphError {
  return refuse(2388040, "Character limit exceeded", `The ${field} can have at most ${max} characters.`);
}

/** The member `key` of a component's `example`, if there is one. */
export function exampleOf(component: Json, key: string): unknown {
  return isObject(component["example"]) ? component["example"][key] : undefined;
}
