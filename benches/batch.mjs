// Rows to payloads, everything checked and sanitized, against JavaScript that checks nothing. Stops with 1 when a promised
// ratio is missed.
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Template } from "wa-preflight";

const PROMISED = 6;
const ROUNDS = 15;
const ROWS = 50_000;

const template = new Template({
  name: "order_shipped",
  language: "en_US",
  category: "UTILITY",
  components: [
    {
      type: "BODY",
      text: "Hello {{1}}, your order {{2}} of {{3}} is on its way to you.",
      example: { body_text: [["Ana", "A-17", "12 May"]] },
    },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Track", url: "https://example.com/t/{{1}}", example: ["https://example.com/t/1"] },
      ],
    },
  ],
});

const names = ["Ana", "José", "Zoë", "Bob Smith"];
const lines = Array.from({ length: ROWS }, (_, row) =>
  JSON.stringify({
    to: `+336${10_000_000 + row}`,
    values: { "body.1": names[row % 4], "body.2": `A-${row}`, "body.3": "12 May 2026", "buttons.0": `T${row}` },
  }),
);
const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What an article on the subject would show: parse, build an object, write it. */
function plain() {
  const out = [];
  for (const line of decoder.decode(bytes).split("\n")) if (line) out.push(JSON.stringify(payloadOf(JSON.parse(line))));
  return encoder.encode(`${out.join("\n")}\n`);
}

function payloadOf({ to, values }) {
  const text = (key) => ({ type: "text", text: values[key] });
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to,
    type: "template",
    template: {
      name: "order_shipped",
      language: { code: "en_US" },
      components: [
        { type: "body", parameters: [text("body.1"), text("body.2"), text("body.3")] },
        { type: "button", sub_type: "url", index: "0", parameters: [text("buttons.0")] },
      ],
    },
  };
}

/** The quickest that we know: what is constant written beforehand, only the values through JSON.stringify. */
function skeleton() {
  const text = decoder.decode(bytes);
  const value = JSON.stringify;
  let out = "";
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const { to, values } = JSON.parse(text.slice(from, end));
    from = end + 1;
    out += `{"messaging_product":"whatsapp","recipient_type":"individual","to":${value(to)},"type":"template","template":{"name":"order_shipped","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":${value(values["body.1"])}},{"type":"text","text":${value(values["body.2"])}},{"type":"text","text":${value(values["body.3"])}}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":${value(values["buttons.0"])}}]}]}}\n`;
  }
  return encoder.encode(out);
}

const ours = () => template.buildBatch(bytes, { sanitize: true }).payloads;
const expected = ours();
for (const other of [plain, skeleton]) assert.ok(Buffer.from(other().buffer).equals(expected), other.name);

const ways = {
  "wa-preflight: everything checked and sanitized": ours,
  "JSON.parse, build, JSON.stringify, encode; nothing checked": plain,
  "the best we know without a check: a skeleton around JSON.stringify of the values": skeleton,
  "a copy of the payloads": () => expected.slice(),
};
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (let round = -3; round < ROUNDS; round += 1) {
  for (const [name, work] of Object.entries(ways)) {
    // Each pays for its own garbage only.
    collect();
    const begin = performance.now();
    work();
    // The first rounds warm the compiler up.
    if (round >= 0) times[name].push(performance.now() - begin);
  }
}

console.log(`\n${ROWS} rows, ${megabytes(bytes)} of NDJSON to ${megabytes(expected)} of payloads`);
const medians = Object.values(times).map((all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]);
Object.keys(ways).forEach((name, index) =>
  console.log(
    `  ${medians[index].toFixed(1).padStart(7)} ms  ${(medians[index] / medians[0]).toFixed(2).padStart(5)} ×  ${name}`,
  ),
);
const [own, ...others] = medians;
others.slice(0, 2).forEach((other, index) => {
  const ratio = other / own;
  const holds = ratio >= PROMISED;
  console.log(
    `  ${ratio.toFixed(2)} times as fast as way ${index + 2}: ${holds ? "at least" : `misses by ${(PROMISED - ratio).toFixed(2)}`} ${PROMISED}`,
  );
  if (!holds) process.exitCode = 1;
});

function megabytes(some) {
  return `${(some.length / 1e6).toFixed(1)} MB`;
}
