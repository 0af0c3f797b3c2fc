// Whether a check costs less than the nearest peer's: @kapso/whatsapp-cloud-api builds a definition only when its
// schema finds nothing wrong with it. Ours reads JSON text and says every finding with its place; the peer is given
// an object that is already parsed, and in the spelling of its own. Stops with 1 when the promised ratio is broken.
import { TemplateDefinition } from "@kapso/whatsapp-cloud-api";
import assert from "node:assert/strict";
import { checkTemplate } from "wa-preflight";
import * as glue from "../pkg/glue.js";
import { unpack } from "../pkg/unpack.js";
import { measure, print } from "./measure.mjs";
import { definitions } from "./samples.mjs";

const PROMISED = 0.7;

const definition = definitions.usual;
const text = JSON.stringify(definition);
const spelled = inCamelCase(definition);

// Both must find it right, or the one that stops at the first fault would look fast.
assert.ok(checkTemplate(text).ok);
assert.equal(TemplateDefinition.buildTemplateDefinition(spelled).name, definition.name);

// What no core could save (docs/decisions/0010-check-time.md): the text goes in, a short answer comes out because the
// options are a number, and a report recorded before is unpacked.
const recorded = glue.check_template(text, true, "{}");
const inAndOut = () => {
  glue.check_template(text, true, "1");
  return unpack(recorded);
};

const times = measure({
  "@kapso/whatsapp-cloud-api 0.3.0: buildTemplateDefinition(object)": () =>
    TemplateDefinition.buildTemplateDefinition(spelled),
  "wa-preflight: checkTemplate(text)": () => checkTemplate(text),
  "wa-preflight: checkTemplate(object)": () => checkTemplate(definition),
  "text in, report out, nothing checked": inAndOut,
  "JSON.parse(text), which tells no places": () => JSON.parse(text),
});
print(`the peer, on the usual definition (${text.length} characters)`, times);

const [peer, ours] = Object.values(times);
const ratio = ours / peer;
const holds = ratio <= PROMISED;
console.log(`  ${ratio.toFixed(2)} of the peer's time: ${holds ? "at most" : "MORE THAN"} ${PROMISED}`);
if (!holds) process.exitCode = 1;

/** The keys of the examples as the peer spells them. */
function inCamelCase(value) {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (value === null || typeof value !== "object") return value;
  const camel = (key) => key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), inCamelCase(inner)]));
}
