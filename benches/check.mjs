// What a call of the public API costs.
import { checkTemplate, sanitizeText, Template } from "wa-preflight";
import { measure, print } from "./measure.mjs";
import { definitions, message } from "./samples.mjs";

const usual = JSON.stringify(definitions.usual);
const template = new Template(definitions.usual);

print(
  "the public API, on the usual definition",
  measure({
    "checkTemplate(object)": () => checkTemplate(definitions.usual),
    "checkTemplate(text), with its places": () => checkTemplate(usual),
    "new Template(object), disposed": () => new Template(definitions.usual).dispose(),
    "template.check(message)": () => template.check(message),
    "template.build(message)": () => template.build(message),
    "template.preview(message)": () => template.preview(message),
    sanitizeText: () => sanitizeText("one\ntwo      three"),
  }),
);
