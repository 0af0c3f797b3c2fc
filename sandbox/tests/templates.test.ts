/** Listing and creating templates, and the webhooks that tell of their review. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { isDefinition } from "../src/definition.ts";
import { SEEDS } from "../src/seeds.ts";
import { startSandbox, type Sandbox } from "../src/server.ts";
import {
  bearer,
  body,
  call,
  control,
  message,
  send,
  startEndpoint,
  text,
  type Answer,
  type Endpoint,
} from "./support.ts";

let sandbox: Sandbox;
let endpoint: Endpoint;
before(async () => {
  endpoint = await startEndpoint();
  sandbox = await startSandbox({ webhookUrl: endpoint.url, statusDelayMs: 0 });
});
beforeEach(() => {
  sandbox.reset();
  endpoint.hooks.length = 0;
});
after(async () => {
  await sandbox.close();
  await endpoint.close();
});

const list = (query = ""): Promise<Answer> =>
  call(`${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates${query}`, { headers: bearer() });
const create = (definition: unknown): Promise<Answer> =>
  call(`${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates`, {
    method: "POST",
    headers: bearer(),
    body: typeof definition === "string" ? definition : JSON.stringify(definition),
  });

test("GET prints the seeds, each with Meta's read-only fields", async () => {
  const { status, json } = await list();
  assert.equal(status, 200);
  assert.equal(json.data.length, SEEDS.length);
  for (const item of json.data) {
    assert.ok(isDefinition(item));
    assert.match(item.id, /^\d{16}$/);
    assert.ok(Number.isSafeInteger(Number(item.id)));
    assert.ok(["APPROVED", "PAUSED", "DISABLED"].includes(item.status));
  }
});

test("GET pages with cursors until the last, and back", async () => {
  const names: string[] = [];
  let url: string | undefined =
    `${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates?limit=4&fields=name,language`;
  let previous: string | undefined;
  let pages = 0;
  while (url !== undefined) {
    const { json }: Answer = await call(url, { headers: bearer() });
    for (const item of json.data) {
      assert.deepEqual(Object.keys(item).toSorted(), ["id", "language", "name"]);
      names.push(`${item.name}/${item.language}`);
    }
    pages++;
    url = json.paging.next;
    previous = json.paging.previous;
  }
  assert.equal(pages, Math.ceil(SEEDS.length / 4));
  assert.deepEqual(
    names,
    SEEDS.map((seed) => `${(seed as { name: string }).name}/${(seed as { language: string }).language}`),
  );
  const back = await call(previous ?? "", { headers: bearer() });
  assert.equal(back.json.data.length, 4);
  assert.equal((await list("?after=nonsense")).json.error.code, 131059);
});

test("GET filters, and wants the token", async () => {
  assert.deepEqual(
    (await list("?name=order_shipped")).json.data.map((item: { language: string }) => item.language),
    ["en_US", "de"],
  );
  assert.equal((await list("?name=order_shipped&language=de")).json.data.length, 1);
  assert.deepEqual(
    (await list("?status=PAUSED")).json.data.map((item: { name: string }) => item.name),
    ["winter_sale_paused"],
  );
  assert.deepEqual((await list("?name=none")).json, { data: [] });
  assert.equal((await call(`${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates`)).json.error.code, 190);
  assert.equal(
    (await call(`${sandbox.url}/v25.0/1/message_templates`, { headers: bearer() })).json.error.error_subcode,
    33,
  );
});

test("one template can be fetched by its id", async () => {
  const { json } = await call(`${sandbox.url}/v25.0/1689556908128005?fields=name,status`, { headers: bearer() });
  assert.deepEqual(json, { id: "1689556908128005", name: "hello_static", status: "APPROVED" });
});

const HANDLE = { header_handle: ["4::aW1hZ2U="] };
const GOOD = {
  name: "parcel_ready",
  language: "fil",
  category: "utility",
  components: [
    { type: "HEADER", format: "TEXT", text: "For {{1}}", example: { header_text: ["Ana"] } },
    {
      type: "BODY",
      text: "Your parcel {{1}} waits for you at our counter in {{2}} until Friday.",
      example: { body_text: [["A-1", "Mill Lane"]] },
    },
    { type: "FOOTER", text: "Bring your identity card" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "I cannot come" },
        { type: "URL", text: "Where is it", url: "https://shop.example/{{1}}", example: ["https://shop.example/a"] },
        { type: "PHONE_NUMBER", text: "Call us", phone_number: "+15550100200" },
        { type: "COPY_CODE", example: "SAVE10" },
      ],
    },
  ],
};

test("POST creates a template, the review approves it by webhook, and then it can be sent", async () => {
  const { status, json } = await create(GOOD);
  assert.equal(status, 200);
  assert.deepEqual([json.status, json.category], ["PENDING", "UTILITY"]);
  await sandbox.settled();
  const { value, field } = endpoint.hooks[0]?.json.entry[0].changes[0];
  assert.equal(field, "message_template_status_update");
  assert.deepEqual(value, {
    event: "APPROVED",
    message_template_id: Number(json.id),
    message_template_name: "parcel_ready",
    message_template_language: "fil",
    reason: "NONE",
    message_template_category: "UTILITY",
  });
  const [read] = (await list("?name=parcel_ready")).json.data;
  assert.deepEqual([read.id, read.status, read.parameter_format], [json.id, "APPROVED", "POSITIONAL"]);
  const payload = message("parcel_ready", "fil", [
    { type: "header", parameters: [text("Ana")] },
    body(text("A-1"), text("Mill Lane")),
    { type: "button", sub_type: "url", index: 1, parameters: [text("a")] },
    { type: "button", sub_type: "copy_code", index: 3, parameters: [{ type: "coupon_code", coupon_code: "SAVE10" }] },
  ]);
  const sent = await send(sandbox, payload);
  assert.equal(sent.status, 200, sent.text);
});

test("a template under review cannot be sent, and its name is taken", async () => {
  sandbox.configure({ reviewMs: null });
  await create(GOOD);
  assert.equal((await send(sandbox, message("parcel_ready", "fil"))).json.error.code, 132001);
  const again = await create(GOOD);
  assert.equal(again.status, 400);
  assert.deepEqual([again.json.error.code, again.json.error.error_subcode], [100, 2388024]);
  assert.equal(again.json.error.error_user_title, "Content in This Language Already Exists");
  assert.equal((await create({ ...GOOD, language: "en" })).status, 200, "another language is free");
  sandbox.configure({ reviewMs: 0 });
});

test("named parameters and a media header are created", async () => {
  const answer = await create({
    name: "named_one",
    language: "en_US",
    category: "MARKETING",
    parameter_format: "named",
    components: [
      { type: "header", format: "IMAGE", example: HANDLE },
      {
        type: "body",
        text: "Come and see, {{first_name}}, what is new in our garden.",
        example: { body_text_named_params: [{ param_name: "first_name", example: "Ana" }] },
      },
    ],
  });
  assert.equal(answer.status, 200, answer.text);
});

const BODY = GOOD.components[1];
const make = (...components: unknown[]): object => ({ ...GOOD, components });
const withButtons = (...buttons: unknown[]): object => make(BODY, { type: "BUTTONS", buttons });
const url = (more: object): object => ({ type: "URL", text: "Go", url: "https://shop.example/", ...more });
const reply = (label: string): object => ({ type: "QUICK_REPLY", text: label });

const BAD: [name: string, definition: unknown, subcode: number | undefined, words?: RegExp, code?: number][] = [
  ["no JSON", "{", undefined, /not valid JSON/],
  ["no name", { ...GOOD, name: undefined }, undefined, /The parameter name is required/],
  ["an upper-case name", { ...GOOD, name: "Parcel" }, 2388046],
  ["a long name", { ...GOOD, name: "n".repeat(513) }, 2388040],
  ["an unknown language", { ...GOOD, language: "en-US" }, 2388049],
  ["an unknown category", { ...GOOD, category: "TRANSACTIONAL" }, undefined, /AUTHENTICATION, MARKETING, UTILITY/],
  ["an unknown key", { ...GOOD, components_: [] }, undefined, /Unexpected key "components_"/],
  ["no body", make(GOOD.components[2]), 2388043],
  ["an empty body", make({ type: "BODY", text: "" }), 2388043],
  ["two bodies", make(BODY, BODY), undefined, /more than one BODY/],
  ["a body too long", make({ type: "BODY", text: "a".repeat(1025) }), 2388040],
  [
    "a variable at the start",
    make({ type: "BODY", text: "{{1}}, your parcel waits here", example: { body_text: [["a"]] } }),
    2388299,
  ],
  [
    "a variable at the end",
    make({ type: "BODY", text: "Your parcel waits here for {{1}}", example: { body_text: [["a"]] } }),
    2388299,
  ],
  [
    "too many variables",
    make({ type: "BODY", text: "Hi {{1}} and {{2}} bye", example: { body_text: [["a", "b"]] } }),
    2388293,
  ],
  ["three newlines", make({ type: "BODY", text: "Hello\n\n\nworld" }), 2388072],
  ["eleven emoji", make({ type: "BODY", text: `Hello ${"🌷".repeat(11)}` }), 2388072],
  [
    "a gap in the numbers",
    make({
      type: "BODY",
      text: "Your parcel {{1}} waits for you there, {{3}}, today",
      example: { body_text: [["a", "b"]] },
    }),
    2388072,
  ],
  ["a torn brace", make({ type: "BODY", text: "Your parcel {{1} waits for you there" }), 2388072],
  [
    "names in a positional template",
    make({ type: "BODY", text: "Your parcel {{what}} waits for you there" }),
    undefined,
    /POSITIONAL/,
  ],
  ["no sample", make({ type: "BODY", text: "Your parcel {{1}} waits for you there" }), 2388043],
  ["a sample too few", make({ ...BODY, example: { body_text: [["a"]] } }), 2388043],
  ["a bold header", make({ type: "HEADER", format: "TEXT", text: "*Hi*" }, BODY), 2388072],
  ["a header too long", make({ type: "HEADER", format: "TEXT", text: "a".repeat(61) }, BODY), 2388040],
  [
    "two header variables",
    make({ type: "HEADER", format: "TEXT", text: "a {{1}} {{2}} b", example: { header_text: ["a", "b"] } }, BODY),
    2388047,
  ],
  ["an image without a sample", make({ type: "HEADER", format: "IMAGE" }, BODY), 2388043],
  ["an image with a text", make({ type: "HEADER", format: "IMAGE", text: "x", example: HANDLE }, BODY), 2388042],
  ["a footer with an emoji", make(BODY, { type: "FOOTER", text: "Bye 🌷" }), 2388073],
  ["a footer with a variable", make(BODY, { type: "FOOTER", text: "Bye {{1}}" }), 2388073],
  ["a key that does not belong", make({ ...BODY, format: "TEXT" }), 2388042],
  ["no buttons", withButtons(), undefined, /Min allowed buttons: 1, Max allowed buttons: 10/],
  [
    "eleven buttons",
    withButtons(...Array.from({ length: 11 }, (_, i) => reply(`r${i}`))),
    undefined,
    /Max allowed buttons: 10/,
  ],
  ["three URLs", withButtons(url({}), url({}), url({})), 2388060],
  [
    "two phone numbers",
    withButtons(...[1, 2].map(() => ({ type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100200" }))),
    2388060,
  ],
  ["replies torn apart", withButtons(reply("a"), url({}), reply("b")), 2388060],
  ["a button text too long", withButtons(reply("a".repeat(26))), 2388040],
  ["a button with an emoji", withButtons(reply("go 🌷")), 2388060],
  ["a button without a text", withButtons({ type: "QUICK_REPLY" }), 2388050],
  [
    "a URL that is none",
    withButtons(url({ url: "shop.example" })),
    undefined,
    /^\(#100\) Param components\[1\]\['buttons'\]\[0\]\['url'\] is not a valid URI\.$/,
  ],
  [
    "a variable inside a URL",
    withButtons(url({ url: "https://shop.example/{{1}}/x", example: ["a"] })),
    undefined,
    /only at its end/,
  ],
  ["a URL variable without a sample", withButtons(url({ url: "https://shop.example/{{1}}" })), 2388043],
  [
    "a link to WhatsApp",
    withButtons(url({ url: "https://wa.me/15550100200" })),
    2388060,
    /Direct links to WhatsApp aren't allowed/,
  ],
  [
    "a phone number that is none",
    withButtons({ type: "PHONE_NUMBER", text: "Call", phone_number: "CALL-ME" }),
    undefined,
    /is not a valid phone number/,
    192,
  ],
  ["a coupon without a sample", withButtons({ type: "COPY_CODE" }), 2388043],
  ["a template of the library", { ...GOOD, library_template_name: "x" }, undefined, /does not imitate .* library/],
  ["a carousel that is no marketing", make(BODY, { type: "CAROUSEL", cards: [] }), undefined, /category MARKETING/],
  ["an authentication template with a header", { ...GOOD, category: "AUTHENTICATION" }, 2388042],
];

for (const [name, definition, subcode, words, code = 100] of BAD) {
  test(`POST refuses ${name}`, async () => {
    const answer = await create(definition);
    const { error } = answer.json;
    assert.deepEqual([answer.status, error?.code, error?.error_subcode], [400, code, subcode], answer.text);
    if (subcode !== undefined) {
      assert.ok(error.error_user_title);
      assert.ok(error.error_user_msg);
    }
    if (words) assert.match(error.error_user_msg ?? error.error_data?.details ?? error.message, words);
    assert.equal((await list()).json.data.length, SEEDS.length, "nothing is added");
  });
}

test("a pause arrives by webhook and stops the sends", async () => {
  const answer = await control(sandbox, "POST", "template-status", {
    name: "hello_static",
    language: "en_US",
    event: "PAUSED",
  });
  assert.equal(answer.status, 200);
  assert.equal(endpoint.hooks[0]?.json.entry[0].changes[0].value.event, "PAUSED");
  assert.equal((await send(sandbox, message("hello_static", "en_US"))).json.error.code, 132015);
  await sandbox.setTemplateStatus("hello_static", "en_US", "REINSTATED");
  assert.equal((await send(sandbox, message("hello_static", "en_US"))).status, 200);
});

test("the list can be replaced, and reset brings the seeds back", async () => {
  const replaced = await control(sandbox, "POST", "templates", {
    templates: [{ name: "only", language: "en", components: [{ type: "BODY", text: "One" }] }],
  });
  assert.deepEqual(replaced.json, { templates: 1 });
  assert.equal((await send(sandbox, message("only", "en"))).status, 200);
  const wrong = await control(sandbox, "POST", "templates", { templates: [{ name: "x" }] });
  assert.match(wrong.json.error, /template 0 needs `name`, `language` and `components`/);
  assert.equal((await send(sandbox, message("only", "en"))).status, 200, "a refused list changes nothing");
  await control(sandbox, "POST", "reset");
  assert.equal((await list()).json.data.length, SEEDS.length);
});
