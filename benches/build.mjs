// What one `build` costs against two that check less: the builder of an article on the subject (an object, then
// JSON.stringify) and the nearest peer's, which looks at the shapes of what it is given. Ours checks the values against
// the template and writes the body. Stops with 1 when a promised ratio is broken.
import { buildTemplateSendPayload } from "@kapso/whatsapp-cloud-api";
import assert from "node:assert/strict";
import { Template } from "wa-preflight";
import { measure, print } from "./measure.mjs";
import { definitions, message } from "./samples.mjs";

const template = new Template(definitions.usual);
const { to, values } = message;

/** What an article on the subject would show. */
function article({ to, values }) {
  const text = (key) => ({ type: "text", text: values[key] });
  return JSON.stringify({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to,
    type: "template",
    template: {
      name: "spring_sale",
      language: { code: "fr" },
      components: [
        { type: "header", parameters: [text("header.1")] },
        { type: "body", parameters: [text("body.1"), text("body.2"), text("body.3")] },
        { type: "button", sub_type: "url", index: "0", parameters: [text("buttons.0")] },
      ],
    },
  });
}

/** The peer builds the template's part; the rest is what its client wraps around it. */
function peer({ to, values }) {
  const text = (key) => ({ type: "text", text: values[key] });
  const part = buildTemplateSendPayload({
    name: "spring_sale",
    language: "fr",
    header: { type: "text", text: values["header.1"] },
    body: [text("body.1"), text("body.2"), text("body.3")],
    buttons: [{ type: "button", subType: "url", index: 0, parameters: [text("buttons.0")] }],
  });
  return JSON.stringify({ messaging_product: "whatsapp", to, type: "template", template: part });
}

// All three must say the same, or the quickest would be the one that leaves something out.
assert.deepEqual(JSON.parse(template.build(message)), JSON.parse(article(message)));
assert.equal(JSON.parse(peer(message)).template.components.length, 3);

const times = measure({
  "the article's builder and JSON.stringify": () => article({ to, values }),
  "@kapso/whatsapp-cloud-api 0.3.0: buildTemplateSendPayload and JSON.stringify": () => peer({ to, values }),
  "wa-preflight: template.build(message)": () => template.build({ to, values }),
});
print("one payload, from the usual definition", times);

const [plain, kapso, ours] = Object.values(times);
for (const [name, other, promised] of [
  ["article's", plain, 1],
  ["peer's", kapso, 0.5],
]) {
  const ratio = ours / other;
  const holds = ratio <= promised;
  console.log(`  ${ratio.toFixed(2)} of the ${name} time: ${holds ? "at most" : "MORE THAN"} ${promised}`);
  if (!holds) process.exitCode = 1;
}
