/** The text format of Prometheus, as far as gauges and counters need it: https://prometheus.io/docs/instrumenting/exposition_formats/ */

export interface Metric {
  name: string;
  type: "counter" | "gauge";
  help: string;
}

/** Samples of metrics, each metric's together, whatever order they come in. */
export class Exposition {
  readonly #lines = new Map<string, string[]>();

  add({ name, type, help }: Metric, labels: Record<string, string>, value: number): void {
    const lines = this.#lines.get(name) ?? [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`];
    this.#lines.set(name, lines);
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`);
    lines.push(`${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${number(value)}`);
  }

  toString(): string {
    return [...this.#lines.values()].map((lines) => `${lines.join("\n")}\n`).join("");
  }
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
