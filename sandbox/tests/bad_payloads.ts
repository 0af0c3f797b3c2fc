/** Bad payloads and what Graph answers to each. The core's own verdicts are compared with these in tests/package. */

import type { Config } from "../src/server.ts";
import { body, button, header, message, orderShipped, text } from "./support.ts";

/** One bad payload and what Graph answers. */
export interface Case {
  name: string;
  payload: unknown;
  http: number;
  code: number;
  details?: string | RegExp;
  message?: string | RegExp;
  subcode?: number;
  token?: string | null;
  version?: string;
  config?: Partial<Config>;
  route?: string;
}

const suffix = button("url", 0, text("A-1042"));
const image = { type: "image", image: { link: "https://cdn.example/spring.jpg" } };
const sale = (components: unknown[]): unknown => message("spring_sale", "en", components);
const saleBody = body(text("Ana", "first_name"), text("chairs", "department"));
const NEWLINE = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";

/** The twelve that the product promises to tell apart. */
export const TWELVE: Case[] = [
  {
    name: "too few body parameters",
    payload: message("order_shipped", "en_US", [body(text("Ana")), suffix]),
    http: 400,
    code: 132000,
    message: "(#132000) Number of parameters does not match the expected number of params",
    details: "body: number of localizable_params (1) does not match the expected number of params (2)",
  },
  {
    name: "a header parameter missing",
    payload: message("header_text_named", "en_GB", [body(text("Ana", "guest"), text("ten", "hour"))]),
    http: 400,
    code: 132000,
    details: "header: number of localizable_params (0) does not match the expected number of params (1)",
  },
  {
    name: "a URL button without its parameter",
    payload: message("order_shipped", "en_US", [body(text("Ana"), text("A"))]),
    http: 400,
    code: 131008,
    message: "(#131008) Required parameter is missing",
    details: "buttons: Button at index 0 of type Url requires a parameter",
  },
  {
    name: "an unknown language",
    payload: message("order_shipped", "es", [body(text("Ana"), text("A")), suffix]),
    http: 404,
    code: 132001,
    message: "(#132001) Template name does not exist in the translation",
    details: "template name (order_shipped) does not exist in es",
  },
  {
    name: "a media header left out",
    payload: sale([saleBody]),
    http: 400,
    code: 132012,
    message: "(#132012) Parameter format does not match format in the created template",
    details: "header: Format mismatch, expected IMAGE, received UNKNOWN",
  },
  {
    name: "a newline in a value",
    payload: message("order_shipped", "en_US", [body(text("Ana\nMaria"), text("A")), suffix]),
    http: 400,
    code: 132018,
    message: "(#132018) There's an issue with the parameters in your template",
    details: NEWLINE,
  },
  {
    name: "a malformed phone number",
    payload: orderShipped({ to: "+1 (650) CALL-ME" }),
    http: 400,
    code: 131009,
    message: "(#131009) Parameter value is not valid",
    details: "The phone number is malformed: Please use the format: +1234567890.",
  },
  {
    name: "a recipient off the allow list",
    payload: orderShipped(),
    config: { allowedRecipients: ["+15550000001"] },
    http: 400,
    code: 131030,
    message: "(#131030) Recipient phone number not in allowed list",
    details: /not in allowed list/,
  },
  {
    name: "the pair rate limit",
    payload: orderShipped({ to: "+4915112345678" }),
    config: { pairLimit: { burst: 1, everyMs: 60_000 } },
    http: 429,
    code: 131056,
    message: "(#131056) (Business Account, Consumer Account) pair rate limit hit",
  },
  {
    name: "an expired token",
    payload: orderShipped(),
    token: "sandbox-expired-token",
    http: 401,
    code: 190,
    subcode: 463,
    message: /^Error validating access token: Session has expired on /,
  },
  {
    name: "no messaging_product",
    payload: orderShipped({ messaging_product: undefined }),
    http: 400,
    code: 100,
    message: "(#100) The parameter messaging_product is required.",
  },
  {
    name: "a wrong token",
    payload: orderShipped(),
    token: "nonsense",
    http: 401,
    code: 190,
    message: /^Invalid OAuth access token/,
  },
];

/** Everything else that can be wrong. */
export const MORE: Case[] = [
  { name: "no token", payload: orderShipped(), token: null, http: 401, code: 190 },
  { name: "no JSON", payload: '{"messaging_product":', http: 400, code: 100, message: /not valid JSON/ },
  { name: "an array", payload: [], http: 400, code: 100, message: /must be a JSON object/ },
  {
    name: "another messaging_product",
    payload: orderShipped({ messaging_product: "signal" }),
    http: 400,
    code: 100,
    message: /must be one of \{whatsapp\}/,
  },
  {
    name: "no recipient",
    payload: orderShipped({ to: undefined }),
    http: 400,
    code: 100,
    message: "(#100) The parameter to is required.",
  },
  {
    name: "a number as recipient",
    payload: orderShipped({ to: 16505551234 }),
    http: 400,
    code: 100,
    message: "(#100) Param to must be a string.",
  },
  {
    name: "no type",
    payload: orderShipped({ type: undefined }),
    http: 400,
    code: 100,
    message: "(#100) The parameter text is required.",
  },
  {
    name: "a text message",
    payload: orderShipped({ type: "text" }),
    http: 400,
    code: 100,
    details: /type template only/,
  },
  {
    name: "an unknown key",
    payload: orderShipped({ messagingProduct: "x" }),
    http: 400,
    code: 100,
    message: /Unexpected key "messagingProduct"/,
  },
  {
    name: "a callback id too long",
    payload: orderShipped({ biz_opaque_callback_data: "x".repeat(513) }),
    http: 400,
    code: 100,
    message: /at most 512/,
  },
  {
    name: "namespace",
    payload: orderShipped({ template: { namespace: "n", name: "order_shipped", language: { code: "en_US" } } }),
    http: 400,
    code: 100,
    message: '(#100) Unexpected key "namespace" on param "template".',
  },
  {
    name: "the fallback policy",
    payload: orderShipped({ template: { name: "order_shipped", language: { code: "en_US", policy: "fallback" } } }),
    http: 400,
    code: 100,
    message: /\{deterministic\}/,
  },
  {
    name: "components that are an object",
    payload: orderShipped({
      template: { name: "order_shipped", language: { code: "en_US" }, components: { type: "body" } },
    }),
    http: 400,
    code: 100,
    message: "(#100) Param template['components'] must be an array.",
  },
  { name: "an unknown template", payload: message("no_such_thing", "en"), http: 404, code: 132001 },
  {
    name: "a paused template",
    payload: message("winter_sale_paused", "en", [body(text("Ana"))]),
    http: 400,
    code: 132015,
  },
  { name: "a disabled template", payload: message("old_newsletter_disabled", "en"), http: 400, code: 132016 },
  {
    name: "too many body parameters",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b"), text("c")), suffix]),
    http: 400,
    code: 132000,
    details: /\(3\).*\(2\)/,
  },
  {
    name: "no components at all",
    payload: message("order_shipped", "en_US"),
    http: 400,
    code: 132000,
    details: /^body: .*\(0\).*\(2\)/,
  },
  { name: "an empty parameter list", payload: message("hello_static", "en_US", [body()]), http: 400, code: 100 },
  {
    name: "a parameter for a static header",
    payload: message("coupon_drop", "en_US", [
      header(text("x")),
      body(text("a"), text("b")),
      button("copy_code", 0, { type: "coupon_code", coupon_code: "A1" }),
    ]),
    http: 400,
    code: 132000,
    details: /^header: .*\(1\).*\(0\)/,
  },
  {
    name: "a blank value",
    payload: message("order_shipped", "en_US", [body(text("  "), text("A")), suffix]),
    http: 400,
    code: 131008,
    details: "Parameter of type text is missing text value",
  },
  {
    name: "a null value",
    payload: message("order_shipped", "en_US", [body(text(null), text("A")), suffix]),
    http: 400,
    code: 100,
    details: "Parameter 'text' is mandatory for component parameter type 'text'",
  },
  {
    name: "a number as text",
    payload: message("order_shipped", "en_US", [body(text(5), text("A")), suffix]),
    http: 400,
    code: 100,
    message: "(#100) Param template['components'][0]['parameters'][0]['text'] must be a string.",
  },
  {
    name: "a tab in a value",
    payload: message("order_shipped", "en_US", [body(text("a\tb"), text("A")), suffix]),
    http: 400,
    code: 132018,
    details: NEWLINE,
  },
  {
    name: "five spaces in a value",
    payload: message("order_shipped", "en_US", [body(text("a     b"), text("A")), suffix]),
    http: 400,
    code: 132018,
    details: NEWLINE,
  },
  {
    name: "a newline in a URL suffix",
    payload: message("order_shipped", "en_US", [body(text("a"), text("A")), button("url", 0, text("x\ny"))]),
    http: 400,
    code: 132018,
    details: NEWLINE,
  },
  {
    name: "a newline, by an older version",
    payload: message("order_shipped", "en_US", [body(text("a\nb"), text("A")), suffix]),
    version: "v22.0",
    http: 400,
    code: 100,
    details: NEWLINE,
  },
  {
    name: "another kind of header",
    payload: sale([header({ type: "video", video: { id: "1" } }), saleBody]),
    http: 400,
    code: 132012,
    details: "header: Format mismatch, expected IMAGE, received VIDEO",
  },
  {
    name: "an image without a source",
    payload: sale([header({ type: "image", image: { link: "" } }), saleBody]),
    http: 400,
    code: 132012,
    details: /received UNKNOWN$/,
  },
  {
    name: "an image with id and link",
    payload: sale([header({ type: "image", image: { id: "1", link: "https://a.example/b.png" } }), saleBody]),
    http: 400,
    code: 100,
    message: /either id or link/,
  },
  {
    name: "a link that is none",
    payload: sale([header({ type: "image", image: { link: "ftp://a.example/b.png" } }), saleBody]),
    http: 400,
    code: 131009,
  },
  {
    name: "a caption",
    payload: sale([header({ type: "image", image: { id: "1", caption: "x" } }), saleBody]),
    http: 400,
    code: 100,
    message: /Unexpected key "caption"/,
  },
  {
    name: "named parameters without names",
    payload: sale([header(image), body(text("a"), text("b"))]),
    http: 400,
    code: 100,
    details: "Parameter name is missing or empty",
  },
  {
    name: "a wrong name",
    payload: sale([header(image), body(text("a", "first_name"), text("b", "dept"))]),
    http: 400,
    code: 100,
    details: /department/,
  },
  {
    name: "one name twice",
    payload: sale([header(image), body(text("a", "first_name"), text("b", "first_name"))]),
    http: 400,
    code: 100,
    details: /department/,
  },
  {
    name: "names for a positional template",
    payload: message("order_shipped", "en_US", [body(text("a", "first_name"), text("b", "x")), suffix]),
    http: 400,
    code: 100,
    details: /positional/,
  },
  {
    name: "a body that grows too long",
    payload: sale([header(image), body(text("a".repeat(1000), "first_name"), text("b", "department"))]),
    http: 400,
    code: 132005,
    details: /^body: /,
  },
  {
    name: "a header that grows too long",
    payload: message("header_text_named", "en_GB", [
      header(text("d".repeat(60), "weekday")),
      body(text("a", "guest"), text("b", "hour")),
    ]),
    http: 400,
    code: 132005,
    details: /^header: /,
  },
  {
    name: "a URL that grows too long",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b")), button("url", 0, text("x".repeat(2000)))]),
    http: 400,
    code: 132005,
    details: /^buttons: /,
  },
  {
    name: "a button without an index",
    payload: message("order_shipped", "en_US", [
      body(text("a"), text("b")),
      { type: "button", sub_type: "url", parameters: [text("x")] },
    ]),
    http: 400,
    code: 100,
    message: "(#100) The parameter template['components'][1]['index'] is required.",
  },
  {
    name: "a button index that is none",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b")), button("url", "10", text("x"))]),
    http: 400,
    code: 100,
    message: /between 0 and 9/,
  },
  {
    name: "a button beyond the last",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b")), suffix, button("url", 2, text("x"))]),
    http: 400,
    code: 131009,
    details: /index 2/,
  },
  {
    name: "one button twice",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b")), suffix, suffix]),
    http: 400,
    code: 100,
    message: /occurs twice/,
  },
  {
    name: "a button of another kind",
    payload: message("order_shipped", "en_US", [
      body(text("a"), text("b")),
      button("quick_reply", 0, { type: "payload", payload: "x" }),
    ]),
    http: 400,
    code: 132018,
    details: "Parameter value for URL was expected but was not found",
  },
  {
    name: "a text for a quick reply",
    payload: message("order_shipped", "en_US", [
      body(text("a"), text("b")),
      suffix,
      button("quick_reply", 1, text("x")),
    ]),
    http: 400,
    code: 132018,
  },
  {
    name: "a coupon left out",
    payload: message("coupon_drop", "en_US", [body(text("a"), text("b"))]),
    http: 400,
    code: 131008,
    details: /Button at index 0 of type CopyCode/,
  },
  {
    name: "a coupon with a dash",
    payload: message("coupon_drop", "en_US", [
      body(text("a"), text("b")),
      button("copy_code", 0, { type: "coupon_code", coupon_code: "A-1" }),
    ]),
    http: 400,
    code: 131009,
  },
  {
    name: "two bodies",
    payload: message("order_shipped", "en_US", [body(text("a"), text("b")), body(text("a"), text("b")), suffix]),
    http: 400,
    code: 100,
    message: /one BODY/,
  },
  {
    name: "a footer component",
    payload: message("spring_sale", "en", [{ type: "footer", parameters: [text("x")] }]),
    http: 400,
    code: 100,
    message: /must be one of \{HEADER, BODY, BUTTON/,
  },
  {
    name: "a carousel without cards",
    payload: message("order_shipped", "en_US", [{ type: "carousel", cards: [] }]),
    http: 400,
    code: 100,
    message: /must have 1 to 10 elements/,
  },
  { name: "the own number", payload: orderShipped({ to: "+15550783881" }), http: 400, code: 131021 },
  {
    name: "a user id that is none",
    payload: orderShipped({ to: undefined, recipient: "us.123" }),
    http: 400,
    code: 131009,
  },
  {
    name: "an unknown type of recipient",
    payload: orderShipped({ recipient_type: "channel" }),
    http: 400,
    code: 100,
    message: /must be one of \{individual, group\}/,
  },
  {
    name: "a utility template as a marketing message",
    payload: orderShipped(),
    route: "marketing_messages",
    http: 400,
    code: 134100,
  },
  {
    name: "a text as a marketing message",
    payload: orderShipped({ type: "text" }),
    route: "marketing_messages",
    http: 400,
    code: 100,
    details: "Message must be a template message.",
  },
];
