// What core.wasm does, by its public names: JavaScript values are turned into what the core takes. No rule lives here.
import { jsonOf, objectFrom, optionsText, textAndOptions } from "./arguments.js";
import { core } from "./core.js";
import { unpack } from "./unpack.js";
import { LIMITS, RULES } from "./wordings.js";

/** Members of an option with the place of each name in a table before it: the core knows no names of rules and limits. */
function placed(given, rows) {
  if (typeof given !== "object" || given === null || Array.isArray(given) || given instanceof Map) return given;
  const placeOf = (name) => rows.findIndex((row) => (typeof row === "string" ? row : row[0]) === name);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`${placeOf(name)}:${name}`, value]));
}

function givenText(options) {
  if (options === undefined || options === null) return optionsText(options);
  const { policy, limits } = options;
  return optionsText(options, { policy: placed(policy, RULES), limits: placed(limits, LIMITS) });
}

export function checkTemplate(definition, options) {
  const given = givenText(options);
  const isText = typeof definition === "string";
  // Text goes to the core as it is: its positions matter.
  const [text, said] = isText ? [definition, given] : textAndOptions(definition, given);
  return unpack(answerOf((glue) => glue.check_template(text, isText, said)));
}

/** What the core answers, or throws what was wrong with the call. */
function answerOf(work) {
  const answer = core.call(work);
  if (answer.startsWith("!")) throw new TypeError(answer.slice(1));
  return answer;
}

export function applyFix(definition, fix) {
  const patch = jsonOf(objectFrom("fix", fix));
  if (patch === undefined) throw new TypeError("`fix` is not a fix of a report: it cannot be written as JSON");
  const isText = typeof definition === "string";
  const text = isText ? definition : jsonOf(definition);
  if (text === undefined)
    throw new TypeError(
      "`definition` has no JSON text (a cycle, a BigInt, a getter that throws?), so no fix can be applied to it",
    );
  const mend = (given) => answerOf((glue) => glue.apply_fix(given, patch)).slice(1);
  return isText ? withStandIns(text, mend) : JSON.parse(mend(text));
}

/**
 * Half a character does not get to the core. A character that the text does not have, as long as the half, stands for it
 * there: a fix elsewhere must not change it.
 * @param {string} text
 * @param {(text: string) => string} work
 */
function withStandIns(text, work) {
  const halves = new Set(text.match(/\p{Surrogate}/gu));
  if (halves.size === 0) return work(text);
  const standIns = new Map();
  let code = 0xe000;
  for (const half of halves) {
    while (text.includes(String.fromCharCode(code))) code += 1;
    standIns.set(half, String.fromCharCode(code++));
  }
  let answer = work(text.replace(/\p{Surrogate}/gu, (half) => standIns.get(half)));
  for (const [half, standIn] of standIns) answer = answer.replaceAll(standIn, half);
  return answer;
}
