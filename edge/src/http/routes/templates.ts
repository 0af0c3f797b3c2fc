/** /v1/templates: the account's templates, and new ones after preflight. */

import { checkTemplate } from "wa-preflight";
import { createTemplate as createAtMeta, GraphFailure } from "../../graph.ts";
import { catalogueOf } from "../../objects.ts";
import type { RouteContext } from "../app.ts";
import { parseJson, readText } from "../body.ts";
import { Problem } from "../problem.ts";
import { queryOf } from "../query.ts";
import { senderNamed } from "../scope.ts";

const MAX_BYTES = 1_000_000;

/** `?from=&name=`: definitions as Meta's GET prints them. */
export async function listTemplates(c: RouteContext): Promise<Response> {
  const { from, name } = queryOf(c, "from", "name");
  const { wabaId } = senderNamed(c, from);
  const listed = await catalogueOf(c.env, wabaId).list(wabaId, name);
  if ("failed" in listed) throw new Problem("graph-failed", listed.failed);
  return c.json({ templates: listed.templates });
}

/** The body is the definition. It goes to Meta only when preflight finds no error, and it goes once. */
export async function createTemplate(c: RouteContext): Promise<Response> {
  const { wabaId } = senderNamed(c, queryOf(c, "from").from);
  const text = await readText(c.req.raw, MAX_BYTES);
  const definition = parseJson(text);
  const report = checkTemplate(text);
  if (!report.ok || !isObject(definition)) {
    throw new Problem("refused", "Meta would refuse this definition; it was not sent", {
      diagnostics: report.diagnostics,
    });
  }
  try {
    const created = await createAtMeta(c.env, wabaId, text);
    if (typeof definition.name === "string" && typeof definition.language === "string") {
      await catalogueOf(c.env, wabaId).outdate(definition.name, definition.language);
    }
    return c.json({ ...(isObject(created) ? created : {}), diagnostics: report.diagnostics }, 201);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    throw problemFrom(error);
  }
}

function problemFrom({ message, outcome, body }: GraphFailure): Problem {
  if (outcome.class === "unknown") {
    return new Problem(
      "graph-failed",
      `${message}: whether the template exists now is unknown; look at GET /v1/templates before you try again`,
      { outcome },
    );
  }
  const said = isObject(body) && isObject(body.error) ? { error: body.error } : {};
  return new Problem("refused-by-meta", message, { outcome, ...said });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
