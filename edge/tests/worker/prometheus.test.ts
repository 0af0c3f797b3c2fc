/** The writer of /metrics, read back by the format's rules. */

import { expect, test } from "vitest";
import { Exposition } from "../../src/http/prometheus.ts";
import { parseMetrics } from "./metrics-parser.ts";

test("what is written can be read, whatever the texts and numbers are", () => {
  const text = new Exposition();
  const odd = 'a "b" \\ c\nd é 🌷 } , =';
  text.add({ name: "one", type: "gauge", help: `two lines\nand a \\ backslash and "quotes"` }, { from: "1", odd }, 1);
  text.add({ name: "other_total", type: "counter", help: "h" }, {}, 0);
  text.add({ name: "one", type: "gauge", help: "not written twice" }, { from: "2" }, Number.NaN);
  text.add({ name: "one", type: "gauge", help: "" }, { from: "3" }, -Infinity);
  text.add({ name: "one", type: "gauge", help: "" }, { from: "4" }, 1.5e21);
  const families = parseMetrics(text.toString());
  expect(families.get("one")?.type).toBe("gauge");
  expect(families.get("one")?.samples).toEqual([
    { labels: { from: "1", odd }, value: 1 },
    { labels: { from: "2" }, value: Number.NaN },
    { labels: { from: "3" }, value: -Infinity },
    { labels: { from: "4" }, value: 1.5e21 },
  ]);
  expect(families.get("other_total")?.samples).toEqual([{ labels: {}, value: 0 }]);
});

test("the reader is strict: what breaks the format is refused", () => {
  const good = "# HELP a h\n# TYPE a gauge\na 1\n";
  expect(parseMetrics(good).size).toBe(1);
  for (const bad of [
    "# HELP a h\n# TYPE a gauge\na 1",
    "a 1\n",
    `${good}a 1\n`,
    "# HELP a h\n# TYPE a gauge\na{x=1} 1\n",
    '# HELP a h\n# TYPE a gauge\na{x="1" 1\n',
    "# HELP a h\n# TYPE a gauge\na one\n",
    "# HELP a h\n# TYPE a thing\na 1\n",
    "# HELP 1a h\n# TYPE 1a gauge\n1a 1\n",
    '# HELP a h\n# TYPE a gauge\na 1\n# HELP b h\n# TYPE b gauge\nb 1\na{x="2"} 1\n',
    "# HELP a h\n# TYPE a counter\na 1\n",
    '# HELP a h\n# TYPE a gauge\na{x="\\q"} 1\n',
  ]) {
    expect(() => parseMetrics(bad), bad).toThrow();
  }
});
