/** POST /v1/check: what preflight says, without sending anything. */

import { checkPayload, checkTemplate, type Message, PreflightError, type Report, Template } from "wa-preflight";
import * as v from "valibot";
import type { RouteContext } from "../app.ts";
import { parseJson, readText } from "../body.ts";
import { shapeProblem } from "../problem.ts";
import { queryOf } from "../query.ts";
import { senderNamed } from "../scope.ts";
import { exactly, shaped } from "../shape.ts";
import { definitionFor, templateEntry } from "../templates.ts";
import { compiled } from "../../templates.ts";

/** A definition with its texts is some kilobytes; a report on a megabyte is still an answer in time. */
const MAX_BYTES = 5_000_000;

// Objects and texts of the caller go to the core as they are: their mistakes are its findings.
const bodySchema = exactly({
  definition: v.optional(v.unknown()),
  from: v.optional(v.string()),
  template: v.optional(templateEntry),
  message: v.optional(v.unknown()),
  payload: v.optional(v.unknown()),
  readback: v.optional(v.boolean()),
});

/**
 * `{definition}` judges a definition; `{message}` or `{payload}` with `{definition}` or `{from?, template}` judges what
 * would be sent of it; `{payload}` alone judges a payload's shape.
 */
export async function check(c: RouteContext): Promise<Response> {
  queryOf(c);
  const body = shaped(bodySchema, parseJson(await readText(c.req.raw, MAX_BYTES)));
  const has = (key: keyof typeof body) => body[key] !== undefined;
  if (has("message") && has("payload"))
    throw shapeProblem([{ path: ["payload"], message: "give `message` or `payload`, not both" }]);
  if (has("definition") && has("template"))
    throw shapeProblem([{ path: ["template"], message: "give `definition` or `template`, not both" }]);
  if (has("message") && !has("definition") && !has("template")) {
    throw shapeProblem([
      { path: ["template"], message: "`message` needs the `template` or the `definition` that it belongs to" },
    ]);
  }
  if (!has("definition") && !has("template") && !has("payload")) {
    throw shapeProblem([
      { path: [], message: "there is nothing to check: give a `definition`, a `template` or a `payload`" },
    ]);
  }
  return c.json(await reportOn(c, body));
}

async function reportOn(c: RouteContext, body: v.InferOutput<typeof bodySchema>): Promise<Report> {
  const { message, payload } = body;
  if (message === undefined && payload === undefined) {
    if (body.template === undefined) return checkTemplate(body.definition, { readback: body.readback ?? false });
    return checkTemplate((await definitionOf(c, body)).text, { readback: true });
  }
  if (body.definition === undefined && body.template === undefined) return checkPayload(payload);
  try {
    const template =
      body.template === undefined
        ? new Template(body.definition as object | string)
        : compiled(await definitionOf(c, body));
    return message === undefined ? template.checkPayload(payload) : template.check(message as Message);
  } catch (error) {
    if (error instanceof PreflightError) return error.report;
    throw error;
  }
}

function definitionOf(c: RouteContext, { from, template }: v.InferOutput<typeof bodySchema>) {
  const { name = "", language = "" } = template ?? {};
  return definitionFor(c.env, senderNamed(c, from), name, language);
}
