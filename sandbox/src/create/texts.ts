/** Header, body and footer of a new definition. */

import { placeholders, type Component } from "../definition.ts";
import { GraphError, invalid } from "../errors.ts";
import { asString, lengthOf, oneOf, required, type Json } from "../shape.ts";
import { exampleOf, missing, refuse, tooLong, unexpected } from "./refuse.ts";

export type Format = "POSITIONAL" | "NAMED";

const FORMATS = ["TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT"];
const MAX_HEADER = 60;
const MAX_BODY = 1024;
const MAX_FOOTER = 60;
const MAX_BODY_EMOJI = 10;
/** Words are not counted where a script does not part them. */
const NO_SPACES = /^(th|lo|ja|zh)/;

const EMOJI = /\p{RGI_Emoji}/gv;
const PLACEHOLDER = /\{\{[^{}]*\}\}/g;

const plain = (text: string): string => text.replace(PLACEHOLDER, "");
const emojiIn = (text: string): number => text.match(EMOJI)?.length ?? 0;

export function checkHeader(header: Component, format: Format): void {
  const kind = oneOf(header.format ?? null, FORMATS, "components['HEADER']['format']");
  if (kind === "LOCATION" || kind === "PRODUCT") {
    if (header["text"] !== undefined || header["example"] !== undefined) throw unexpected("HEADER", "text, example");
    return;
  }
  if (kind !== "TEXT") {
    if (header.text !== undefined) throw unexpected("HEADER", "text");
    const handle = exampleOf(header, "header_handle");
    if (!Array.isArray(handle) || typeof handle[0] !== "string" || handle[0] === "") throw missing("HEADER", "example");
    return;
  }
  const text = textOf(header, "HEADER");
  if (lengthOf(text) > MAX_HEADER) throw tooLong("header", MAX_HEADER);
  const names = checkPlaceholders(text, format, "header");
  if (names.length > 1)
    throw refuse(2388047, "Message header format is incorrect", "The message header can have only one variable.");
  if (/[\n\r*_~`]/.test(plain(text)) || emojiIn(text) > 0) {
    throw refuse(
      2388072,
      "Message header format is incorrect",
      "The message header can't have any new lines, formatting characters, emojis or asterisks.",
    );
  }
  checkExamples(header, "HEADER", names, format);
}

export function checkBody(body: Component, format: Format, language: string): void {
  const text = textOf(body, "BODY");
  if (lengthOf(text) > MAX_BODY) throw tooLong("body", MAX_BODY);
  const names = checkPlaceholders(text, format, "body");
  const fixed = plain(text);
  if (/\n{3,}/.test(text.replaceAll("\r", "")) || emojiIn(text) > MAX_BODY_EMOJI || fixed.trim() === "") {
    throw refuse(
      2388072,
      "Message body format is incorrect",
      `The message body can't have more than two consecutive newline characters, only have parameters, or have more than ${MAX_BODY_EMOJI} emojis.`,
    );
  }
  const trimmed = text.trim();
  if (/^\{\{[^{}]*\}\}/.test(trimmed) || /\{\{[^{}]*\}\}$/.test(trimmed)) {
    throw refuse(
      2388299,
      "Leading or trailing params not allowed",
      "Variables can't be at the start or end of the template.",
    );
  }
  const words = fixed.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const variables = text.match(PLACEHOLDER)?.length ?? 0;
  if (variables > 0 && words < 2 * variables + 1 && !NO_SPACES.test(language)) {
    throw refuse(
      2388293,
      "Params Words Ratio Exceeds Limit",
      "This template has too many variables for its length. Reduce the number of variables or increase the message length.",
    );
  }
  checkExamples(body, "BODY", names, format);
}

export function checkFooter(footer: Component): void {
  const text = textOf(footer, "FOOTER");
  if (lengthOf(text) > MAX_FOOTER) throw tooLong("footer", MAX_FOOTER);
  if (/[\n\r]/.test(text) || emojiIn(text) > 0 || text.includes("{{")) {
    throw refuse(
      2388073,
      "Message footer format is incorrect",
      "The message footer can't have any newlines or emojis, nor variables.",
    );
  }
}

function textOf(component: Json, type: string): string {
  if (component["text"] === undefined || component["text"] === "") throw missing(type, "text");
  return asString(required(component, "text", type), `components['${type}']['text']`);
}

/** The placeholders of a text, once each, after a look at their braces, names and numbers. */
function checkPlaceholders(text: string, format: Format, where: string): string[] {
  const names = placeholders(text);
  const wrong = (why: string): GraphError => refuse(2388072, `Message ${where} format is incorrect`, why);
  if (/\{\{|\}\}/.test(text.replace(/\{\{\s*[A-Za-z0-9_]+\s*\}\}/g, ""))) {
    throw wrong(`A variable of the ${where} has wrong braces or characters.`);
  }
  const numbers = names.filter((name) => /^\d+$/.test(name));
  if (format === "NAMED") {
    if (numbers.length > 0 || names.some((name) => !/^[a-z0-9_]+$/.test(name))) {
      throw invalid(`The ${where} of a template with parameter_format NAMED wants lower-case names in its variables.`);
    }
  } else if (numbers.length < names.length) {
    throw invalid(`The ${where} of a template with parameter_format POSITIONAL wants numbers in its variables.`);
  } else if (numbers.some((number, index) => Number(number) !== index + 1)) {
    throw wrong(`The variables of the ${where} must be numbered from 1 without a gap.`);
  }
  return names;
}

/** A sample for each variable, in the shape of the parameter format. */
function checkExamples(component: Component, type: "HEADER" | "BODY", names: string[], format: Format): void {
  if (names.length === 0) return;
  const key = type === "HEADER" ? "header_text" : "body_text";
  const given = exampleOf(component, format === "NAMED" ? `${key}_named_params` : key);
  const list: unknown = format === "POSITIONAL" && type === "BODY" && Array.isArray(given) ? given[0] : given;
  const samples = Array.isArray(list) ? (list as unknown[]) : [];
  const complete =
    format === "NAMED"
      ? names.every((name) => samples.some((each) => isNamedSample(each, name)))
      : samples.length === names.length && samples.every((each) => typeof each === "string" && each !== "");
  if (!complete) throw missing(type, "example");
}

function isNamedSample(value: unknown, name: string): boolean {
  const sample = (value ?? {}) as Json;
  return sample["param_name"] === name && typeof sample["example"] === "string" && sample["example"] !== "";
}
