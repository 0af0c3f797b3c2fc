/** What must compile, and what must not: checked by `tsc`, never run. */

import {
  checkTemplate,
  applyFix,
  classifyResponse,
  readWebhook,
  sanitizeText,
  limits,
  PreflightError,
  Template,
} from "wa-preflight";
import type { BatchResult, Diagnostic, Fix, LimitName, Message, Outcome, Report, RuleCode } from "wa-preflight";
import { sendMessage, verifyWebhook } from "wa-preflight/edge";
import { init, initSync } from "wa-preflight/slim";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_ extends true>(): void {}

const report: Report = checkTemplate(
  { name: "a" },
  { readback: true, policy: { "name-required": "warning" }, limits: { nameChars: 10 } },
);
const [diagnostic] = report.diagnostics;
expectTrue<Equal<typeof diagnostic, Diagnostic | undefined>>();
const code: RuleCode = "name-required";
const limit: LimitName | undefined = limits()[0]?.name;
// @ts-expect-error: the codes are a closed union
const unknownCode: RuleCode = "no-such-rule";
// @ts-expect-error: and so are the limits
checkTemplate({}, { limits: { noSuchLimit: 1 } });
// @ts-expect-error: an option that does not exist
checkTemplate({}, { strict: true });

declare const fix: Fix;
expectTrue<Equal<ReturnType<typeof applyFix<string>>, string>>();
const mended: { name: string } = applyFix({ name: "a" }, fix);

using template = new Template("{}");
const message: Message = {
  to: "+33612345678",
  values: { "body.1": 7, "header.image": { link: "https://example.com/a.png" }, "buttons.0": "A" },
};
const body: string = template.build(message, { sanitize: true });
// @ts-expect-error: a template's name is read-only
template.name = "b";
const { text }: { text: string } = sanitizeText("a");

const outcome: Outcome = classifyResponse({ status: 200, headers: new Headers(), body: new Uint8Array() });
if (outcome.resend === "after") outcome.afterMs?.toFixed();
// @ts-expect-error: no such class
outcome.class === "fine";
for (const event of readWebhook("{}")) if (event.kind === "status") event.status.toUpperCase();
const sent: Promise<Outcome> = sendMessage(template, message, { phoneNumberId: "1", token: "t" });
// @ts-expect-error: the token is required
void sendMessage(template, message, { phoneNumberId: "1" });
const valid: Promise<boolean> = verifyWebhook(new Uint8Array(), new Headers().get("x"), [process.env["SECRET"]]);
// @ts-expect-error: a decoded string is not what was signed
void verifyWebhook("{}", null, []);
const started: Promise<void> = init(new URL("https://example.com/core.wasm"));
initSync(new Uint8Array());
initSync(new Uint8Array(), new Uint8Array());
void init("core.wasm", false);
checkTemplate({}, { edit: { previous: "{}", status: "APPROVED" } });
// @ts-expect-error: an edit of what?
checkTemplate({}, { edit: { status: "APPROVED" } });
const failure: Report = new PreflightError(report).report;

export { body, code, failure, limit, mended, sent, started, text, unknownCode, valid };

const batchResult: BatchResult = template.buildBatch("", { format: "csv", columns: { phone: "to" }, partial: true });
expectTrue<Equal<typeof batchResult.rows, Uint32Array>>();
const nearest: string | undefined = template.columns("to;name\n").columns[0]?.suggestion;
// @ts-expect-error: a format that no batch reads
template.batch({ format: "xlsx" });
const payloadStream: TransformStream<Uint8Array, Uint8Array> = template.batchStream({
  onEnd: ({ accepted }) => accepted.toFixed(),
});
