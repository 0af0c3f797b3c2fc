/** The hand-written declarations and the modules export the same names. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as edge from "wa-preflight/edge";
import * as main from "wa-preflight";
import * as slim from "wa-preflight/slim";

const declaredIn = (name: string): string[] => {
  const text = readFileSync(new URL(`../../pkg/${name}.d.ts`, import.meta.url), "utf8");
  return [...text.matchAll(/^export (?:function|class|const) (\w+)/gm)].map((match) => match[1] ?? "");
};
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

test("the main entry", () => assert.deepEqual(sorted(Object.keys(main)), sorted(declaredIn("index"))));

test("the server's entry", () => assert.deepEqual(sorted(Object.keys(edge)), sorted(declaredIn("edge"))));

test("the slim entry", () => {
  assert.deepEqual(sorted(Object.keys(slim)), sorted([...declaredIn("index"), ...declaredIn("slim")]));
});

test("every member of Template is declared, and none is missing", () => {
  const text = readFileSync(new URL("../../pkg/index.d.ts", import.meta.url), "utf8");
  const body = /export class Template[^{]*\{([\s\S]*?)\n\}/.exec(text)?.[1] ?? "";
  const declared = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map((match) => match[1] ?? "");
  assert.deepEqual(sorted(declared), sorted(Object.getOwnPropertyNames(main.Template.prototype)));
});

/** The fields that an interface of index.d.ts declares, with those that it inherits. */
function fieldsOf(name: string): string[] {
  const text = readFileSync(new URL("../../pkg/index.d.ts", import.meta.url), "utf8");
  const match = new RegExp(`export interface ${name}(?: extends (\\w+))? \\{([\\s\\S]*?)\\n\\}`).exec(text);
  assert.ok(match, `index.d.ts declares ${name}`);
  const own = [...(match[2] ?? "").matchAll(/^ {2}(\w+)\??:/gm)].map((field) => field[1] ?? "");
  return match[1] === undefined ? own : [...own, ...fieldsOf(match[1])];
}

function assertDeclared(name: string, values: readonly object[]): void {
  assert.ok(values.length > 0, `there is a ${name} to look at`);
  const declared = fieldsOf(name);
  for (const value of values) {
    for (const field of Object.keys(value)) assert.ok(declared.includes(field), `${name} declares \`${field}\``);
  }
}

test("what the core gives is declared, field by field", () => {
  const text = JSON.stringify({
    name: "Spring Sale",
    language: "en_US",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::a"] } },
      { type: "BODY", text: "*Hello* {{1}}, your order is on its way.", example: { body_text: [["Ana"]] } },
      { type: "FOOTER", text: "Reply _STOP_" },
      {
        type: "BUTTONS",
        buttons: [{ type: "URL", text: "See", url: "https://example.com/{{1}}", example: ["https://example.com/a"] }],
      },
    ],
  });
  const report = main.checkTemplate(text);
  assertDeclared("Report", [report]);
  assertDeclared("Diagnostic", report.diagnostics);
  assertDeclared("Measure", report.measures);
  assertDeclared(
    "Fix",
    report.diagnostics.flatMap(({ fixes }) => fixes ?? []),
  );
  assertDeclared(
    "MetaError",
    report.diagnostics.flatMap(({ meta }) => meta ?? []),
  );
  assertDeclared("Rule", main.rules());
  assertDeclared("Limit", main.limits());

  using template = new main.Template(text);
  assertDeclared("Parameter", template.parameters());
  for (const message of [
    {},
    { values: { "header.image": "https://example.com/a.png", "body.1": "<b>", "buttons.0": "a" } },
  ]) {
    const preview = template.preview(message);
    assertDeclared("Preview", [preview]);
    assertDeclared("Run", [...preview.body, ...(preview.footer ?? [])]);
    assertDeclared("PreviewHeader", preview.header ? [preview.header] : []);
    assertDeclared("PreviewButton", preview.buttons);
  }
  assertDeclared("Change", main.sanitizeText("a\nb").changes);

  const answers = [
    { status: 200, body: '{"messages":[{"id":"wamid.X","message_status":"accepted"}]}' },
    { status: 429, body: "{}" },
    {},
  ];
  assertDeclared(
    "Outcome",
    answers.map((answer) => main.classifyResponse(answer)),
  );

  const value = (part: object) => ({ field: "messages", value: { metadata: { phone_number_id: "1" }, ...part } });
  const status = {
    id: "wamid.X",
    status: "failed",
    timestamp: "1760000000",
    recipient_id: "1",
    biz_opaque_callback_data: "a",
    conversation: {},
    pricing: {},
    errors: [{ code: 131026, title: "a", message: "b", error_data: { details: "c" } }],
  };
  const changes = [
    value({ statuses: [status] }),
    value({
      messages: [{ id: "wamid.Y", from: "1", type: "text", timestamp: "1760000000", context: { id: "wamid.X" } }],
    }),
    {
      field: "message_template_status_update",
      value: {
        event: "PAUSED",
        message_template_id: 1,
        message_template_name: "a",
        message_template_language: "en_US",
        reason: "b",
      },
    },
    { field: "account_update", value: { event: "ACCOUNT_RESTRICTION" } },
    { field: "nonsense", value: 5 },
  ];
  const events = main.readWebhook(
    JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "2", time: 1760000000, changes }] }),
  );
  const interfaces = {
    status: "StatusEvent",
    message: "MessageEvent",
    template: "TemplateEvent",
    account: "AccountEvent",
    unknown: "UnknownEvent",
  };
  assert.deepEqual(sorted(events.map(({ kind }) => kind)), sorted(Object.keys(interfaces)));
  for (const event of events) {
    assertDeclared(interfaces[event.kind], [event]);
    if (event.kind === "status") assertDeclared("StatusError", event.errors ?? []);
  }
});
