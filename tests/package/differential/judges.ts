/** The two judges, and where they may differ. */

import { Template, type Diagnostic } from "wa-preflight";
import { GraphError } from "../../../sandbox/src/errors.ts";
import { judgeSend } from "../../../sandbox/src/judge.ts";
import { Templates } from "../../../sandbox/src/templates.ts";
import { isMembers, type Json, type Members } from "./json.ts";
import { NOW } from "./values.ts";

export interface Verdict {
  ok: boolean;
  /** Meta's codes: all that the core foresees, the one that the sandbox answers. */
  codes: number[];
  why: string;
}

interface CoreVerdict extends Verdict {
  /** The errors that tell what Meta would do. */
  errors: Diagnostic[];
  /** Whether all that it refuses for is our own safety, of which Meta knows nothing. */
  onlyPolicy: boolean;
}

/** A template at both judges. */
export class Judges {
  readonly #template: Template;
  readonly #templates: Templates;

  constructor(definition: Members) {
    this.#template = new Template(definition);
    this.#templates = new Templates([definition]);
  }

  core(payload: Json): CoreVerdict {
    const report = this.#template.checkPayload(payload as object, { now: NOW });
    const all = report.diagnostics.filter((each) => each.severity === "error");
    const errors = all.filter((each) => each.evidence !== "policy");
    return {
      // What cannot be judged is no yes.
      ok: report.ok && report.complete,
      errors,
      onlyPolicy: !report.ok && errors.length === 0,
      codes: all.map((each) => each.meta?.code ?? 0),
      why: all.map((each) => `${each.code} at /${each.path.join("/")}: ${each.message}`).join("; "),
    };
  }

  sandbox(payload: Json): Verdict {
    const route = isMarketing(payload) ? "marketing_messages" : "messages";
    try {
      judgeSend(payload, (name, language) => this.#templates.sendable(name, language), {
        route,
        version: 25,
        now: NOW,
      });
      return { ok: true, codes: [], why: "" };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return { ok: false, codes: [error.code], why: `${error.message} ${error.extras.details ?? ""}` };
    }
  }

  [Symbol.dispose](): void {
    this.#template.dispose();
  }
}

/** Three keys are of the marketing route alone: whoever gives one posts there. */
function isMarketing(payload: Json): boolean {
  return isMembers(payload) && ["product_policy", "message_activity_sharing", "bid_spec"].some((key) => key in payload);
}

interface Explanation {
  why: string;
  /** The core's codes that alone make the difference. */
  codes: string[];
  /** What the payload must have in it besides. */
  has?: RegExp;
}

/** Where the core refuses what the sandbox accepts, and why that is right on both sides. */
const EXPLAINED: Explanation[] = [
  {
    why: "Meta fetches files after its 200: what is wrong with one comes as 131053 by webhook",
    codes: ["media-link-malformed", "media-link-sample", "media-extension"],
  },
  {
    why: "Meta appends any end to a button's address, also one that repeats the address and leads nowhere",
    codes: ["suffix-repeats-url"],
  },
  {
    why: "after the year 2100 is no time in milliseconds that somebody means, and Meta sets no end",
    codes: ["offer-expiry-unit"],
  },
  {
    why: "nobody sees a value of zero-width characters; whether Meta takes it for a missing one is not published",
    codes: ["value-blank"],
    has: /\u200b/,
  },
];

export interface Disagreement {
  core: Verdict;
  sandbox: Verdict;
}

export interface Comparison {
  ok: boolean;
  /** The sandbox's code is among those that the core foresees. */
  sameCode: boolean;
  /** Both sides' codes in words. */
  codes: string;
  explained?: string;
  disagreement?: Disagreement;
}

export function compare(judges: Judges, payload: Json): Comparison {
  const core = judges.core(payload);
  const sandbox = judges.sandbox(payload);
  const sameCode = sandbox.codes.some((code) => core.codes.includes(code));
  const codes = `sandbox ${sandbox.codes.join()} (${sandbox.why.replace(/[\d"'].*/s, "…")}), core ${core.errors.map((each) => `${each.code} ${each.meta?.code}`).join()}`;
  if (core.ok === sandbox.ok) return { ok: core.ok, sameCode, codes };
  if (sandbox.ok && core.onlyPolicy) return { ok: false, sameCode, codes, explained: "our own safety rules" };
  const text = JSON.stringify(payload);
  const known = core.errors.map((error) =>
    EXPLAINED.find(({ codes, has }) => codes.includes(error.code) && (has === undefined || has.test(text))),
  );
  const explained = sandbox.ok && known.every((each) => each !== undefined) ? known[0]?.why : undefined;
  return {
    ok: core.ok,
    sameCode,
    codes,
    ...(explained === undefined ? { disagreement: { core, sandbox } } : { explained }),
  };
}
