/** A strict reader of Prometheus' text format 0.0.4 (HELP, TYPE, samples without times). */

export interface Family {
  type: string;
  help: string;
  samples: { labels: Record<string, string>; value: number }[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/;

export function parseMetrics(text: string): Map<string, Family> {
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current = "";
  for (const line of text.split("\n").slice(0, -1)) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      if (!NAME.test(name)) throw new Error(`no name of a metric: ${name}`);
      if (families.has(name)) throw new Error(`${name} is in two places`);
      families.set(name, { type: "", help: rest, samples: [] });
      current = name;
    } else if (keyword === "TYPE") {
      const family = families.get(name);
      if (name !== current || family === undefined || family.type !== "") throw new Error(`a stray TYPE of ${name}`);
      if (!["counter", "gauge"].includes(rest)) throw new Error(`no type: ${rest}`);
      if (rest === "counter" && !name.endsWith("_total")) throw new Error(`a counter's name ends in _total: ${name}`);
      family.type = rest;
    } else {
      const [, of = "", labels, value = ""] = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const family = families.get(of);
      if (of !== current || family === undefined || family.type === "") throw new Error(`not among its kind: ${line}`);
      const key = `${of}{${labels ?? ""}}`;
      if (seen.has(key)) throw new Error(`twice: ${line}`);
      seen.add(key);
      family.samples.push({ labels: labelsFrom(labels ?? ""), value: numberFrom(value) });
    }
  }
  return families;
}

function labelsFrom(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const [all, name = "", value = ""] = LABEL.exec(rest) ?? [];
    if (all === undefined) throw new Error(`no labels: ${text}`);
    labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
    rest = rest.slice(all.length);
  }
  return labels;
}

function numberFrom(text: string): number {
  if (text === "NaN") return Number.NaN;
  if (text === "+Inf") return Infinity;
  if (text === "-Inf") return -Infinity;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new Error(`no number: ${text}`);
  return Number(text);
}
