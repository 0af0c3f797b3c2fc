/**
 * Where the project comes from: an integration's own builder that trusts its input, a payload with a newline in a
 * variable, a template with one call-to-action button too many, and a "message sent" that was no success.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTemplate, PreflightError, Template } from "wa-preflight";
import { sendMessage } from "wa-preflight/edge";
import { startSandbox } from "../../sandbox/src/server.ts";

/** What such an integration writes by hand. */
function buildTemplatePayload(to: string, name: string, language: string, variables: string[], suffix?: string) {
  const text = (value: string) => ({ type: "text", text: value });
  const components: object[] = [{ type: "body", parameters: variables.map(text) }];
  if (suffix !== undefined) {
    components.push({ type: "button", sub_type: "url", index: "0", parameters: [text(suffix)] });
  }
  return {
    messaging_product: "whatsapp",
    to,
    type: "template",
    template: { name, language: { code: language }, components },
  };
}

const url = (text: string) => ({ type: "URL", text, url: `https://shop.example/${text.toLowerCase()}` });
const call = { type: "PHONE_NUMBER", text: "Call us", phone_number: "+15550051310" };
const campaign = (buttons: object[]) => ({
  name: "spring_offer",
  language: "en_US",
  category: "MARKETING",
  components: [
    {
      type: "BODY",
      text: "Hi {{1}}, our spring offer {{2}} is waiting for you today.",
      example: { body_text: [["Ana", "S-1"]] },
    },
    { type: "BUTTONS", buttons },
  ],
});

test("a newline in a variable of a payload written by hand is reported at its place, before Meta sees it", () => {
  const template = new Template(campaign([url("Shop")]));
  const payload = buildTemplatePayload("+33612345678", "spring_offer", "en_US", ["Ana\nMaria", "S-1"]);
  const report = template.checkPayload(payload);
  assert.equal(report.ok, false);
  const found = report.diagnostics.filter((d) => d.severity === "error");
  assert.equal(found.length, 1);
  assert.equal(found[0]?.key, "body.1");
  assert.deepEqual(found[0]?.path, ["template", "components", 0, "parameters", 0, "text"]);
  assert.deepEqual(found[0]?.span, { start: 3, end: 4 });
  assert.equal(found[0]?.meta?.code, 132018);
});

test("the same message is refused as it is, and sanitized and listed when that is asked for", () => {
  const template = new Template(campaign([url("Shop")]));
  const message = { to: "+33612345678", values: { "body.1": "Ana\nMaria", "body.2": "S-1" } };
  assert.throws(
    () => template.build(message),
    (error) => error instanceof PreflightError && error.report.diagnostics.some((d) => d.key === "body.1"),
  );
  const { message: clean, changes } = template.sanitize(message);
  assert.deepEqual(
    changes.map(({ key, start, end, before, after }) => ({ key, start, end, before, after })),
    [{ key: "body.1", start: 3, end: 4, before: "\n", after: " " }],
  );
  assert.equal(template.build(message, { sanitize: true }), template.build(clean));
  assert.equal(JSON.parse(template.build(clean)).template.components[0].parameters[0].text, "Ana Maria");
});

test("one call-to-action button too many is refused with the reason, at the button", () => {
  assert.equal(checkTemplate(campaign([url("Shop"), url("News"), call])).ok, true);
  const report = checkTemplate(campaign([url("Shop"), url("News"), url("Help"), call]));
  const errors = report.diagnostics.filter((d) => d.severity === "error");
  assert.deepEqual(
    errors.map((d) => [d.code, d.path, d.params["used"], d.params["max"]]),
    [["buttons-count", ["components", 1, "buttons", 2], 3, 2]],
  );
  const second = checkTemplate(campaign([url("Shop"), call, { ...call, text: "Call again" }]));
  assert.deepEqual(
    second.diagnostics.filter((d) => d.severity === "error").map((d) => d.path),
    [["components", 1, "buttons", 2]],
  );
});

test("sendMessage tells an accept from everything else", async () => {
  const sandbox = await startSandbox({ templates: [{ ...campaign([url("Shop")]), status: "APPROVED" }] });
  try {
    const template = new Template(campaign([url("Shop")]));
    const message = { to: "+33612345678", values: { "body.1": "Ana", "body.2": "S-1" } };
    const { phoneNumberId, token } = sandbox.config;
    const options = { phoneNumberId, token, endpoint: sandbox.url };
    const accepted = await sendMessage(template, message, options);
    assert.equal(accepted.class, "accepted");
    assert.match(accepted.messageId ?? "", /^wamid\./);
    const refused = await sendMessage(template, message, { ...options, token: "wrong" });
    assert.deepEqual([refused.class, refused.resend, refused.code], ["account", "never", 190]);
    await assert.rejects(sendMessage(template, { ...message, values: { "body.1": "Ana\n" } }, options), PreflightError);
    assert.equal(sandbox.ledger.accepts.length, 1, "what preflight refuses is never posted");
  } finally {
    await sandbox.close();
  }
});
