// A report of core.wasm as users get it. The core names rules and limits by their places in two tables; what is said of
// them is filled in here (src/report/wire.rs has the format, tests/parity.rs holds it to the whole reports).
import { LIMITS, PHRASES, RULES } from "./wordings.js";

const SEVERITIES = ["error", "warning", "info"];
const EVIDENCE = ["documented", "observed", "inferred", "policy"];

/**
 * @param {string} text a report in wire format
 * @returns {object} the report
 */
export function unpack(text) {
  const behind = text.indexOf("\n");
  let counted;
  const report = {
    ok: text.startsWith("1"),
    complete: text.startsWith("1", 1),
    diagnostics: behind > 2 ? JSON.parse(text.slice(2, behind)).map(diagnosticFrom) : [],
    // Most of a report's text, and who asks whether a definition is right never looks at them: read when they are asked
    // for. From then on an ordinary property, unless somebody froze the report.
    get measures() {
      if (counted === undefined) put((counted = measuresFrom(text.slice(behind + 1))));
      return counted;
    },
    set measures(value) {
      put(value);
    },
  };
  const put = (value) =>
    Reflect.defineProperty(report, "measures", { value, writable: true, enumerable: true, configurable: true });
  return report;
}

function diagnosticFrom([rule, severity, path, params, source, span, fixes, key]) {
  const [code, message, help, evidence, metaCode, metaSubcode] = RULES[rule];
  for (const name in params) if (typeof params[name] === "object") params[name] = said(params[name]);
  // The order of the members is that of whole reports.
  const diagnostic = { code, severity: SEVERITIES[severity], path };
  if (key) diagnostic.key = key;
  if (span) diagnostic.span = { start: span[0], end: span[1] };
  if (source) diagnostic.source = { start: source[0], end: source[1] };
  diagnostic.message = fill(message, params);
  if (help) diagnostic.help = fill(help, params);
  diagnostic.params = params;
  if (fixes) diagnostic.fixes = fixes;
  diagnostic.evidence = EVIDENCE[evidence];
  if (metaCode) diagnostic.meta = metaSubcode ? { code: metaCode, subcode: metaSubcode } : { code: metaCode };
  diagnostic.url = `docs/rules.md#${code}`;
  return diagnostic;
}

/** A parameter that is a phrase with a quotation in it, or has another rule's message behind its own words. */
function said([first, second, params]) {
  return typeof first === "number"
    ? PHRASES[first].replace("{}", () => second)
    : first + fill(RULES[second][1], params);
}

/** Puts parameters into a wording; braces around no parameter's name stand for themselves. */
function fill(wording, params) {
  return wording.includes("{")
    ? wording.replace(/\{([^{}]*)\}/g, (braces, name) => (Object.hasOwn(params, name) ? params[name] : braces))
    : wording;
}

function measuresFrom(text) {
  let last = [];
  // Not `([limit, used, …]) =>`: taking an array apart by its iterator takes as long as parsing it.
  return JSON.parse(text).map((row) => {
    const path = (last = row[3] || last.slice());
    const [used, max, limit] = [row[1], row[2], LIMITS[row[0]]];
    return row.length > 4
      ? { path, key: row[4], name: limit[0], used, max, unit: limit[1] }
      : { path, name: limit[0], used, max, unit: limit[1] };
  });
}
