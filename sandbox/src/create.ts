/** POST `/{WABA_ID}/message_templates`: takes a definition after a look at it. */

import { checkDefinition } from "./create/check.ts";
import { GraphError } from "./errors.ts";
import type { State } from "./state.ts";

/** Adds the template and answers `{id, status, category}`; the review comes later, by webhook. */
export function createTemplate(state: State, body: unknown): object {
  const definition = checkDefinition(body);
  const { name, language } = definition;
  if (state.templates.find(name, language)) {
    throw new GraphError(100, {
      message: "Invalid parameter",
      subcode: 2388024,
      userTitle: "Content in This Language Already Exists",
      userMessage: `There is already ${language} content for this template. You can create a new template and try again.`,
    });
  }
  const added = state.templates.add({ ...definition, status: "PENDING" });
  if (state.config.reviewMs !== null) {
    void state.webhooks.after(state.config.reviewMs, () => state.setTemplateStatus(added, "APPROVED"));
  }
  return { id: added.id, status: added.status, category: added.category };
}
