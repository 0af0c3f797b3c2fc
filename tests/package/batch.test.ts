/** Many rows at once, through the packed package: in pieces as in one, in bounded memory, and never resumed after a trap. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PreflightError, Template } from "wa-preflight";
import type { Batch, BatchOptions, BatchResult, BatchTotals } from "wa-preflight";

const template = new Template({
  name: "order_shipped",
  language: "en_US",
  category: "UTILITY",
  components: [
    { type: "BODY", text: "Hello {{1}}, your order {{2}} is on its way.", example: { body_text: [["Ana", "A-17"]] } },
  ],
});
const now = Date.UTC(2026, 0, 1);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** Good rows, among them some that need sanitizing, faulty rows and a repeated recipient. */
function ndjson(rows: number): string {
  const values = ["Ana", "José 🌸", "Zoë\nAnn", "", "Bob  Smith"];
  const line = (row: number) =>
    JSON.stringify({
      to: `+336${10_000_000 + (row % 97 === 96 ? 0 : row)}`,
      "body.1": values[row % 5],
      "body.2": `A-${row}`,
    });
  return Array.from({ length: rows }, (_, row) => line(row)).join("\n");
}

const csv = (rows: number) =>
  `\u{feff}to;body.1;body.2\r\n${Array.from({ length: rows }, (_, row) => `+336${10_000_000 + row};"A ""${row}""";${row % 9 ? row : ""}\r\n`).join("")}`;

function inPieces(bytes: Uint8Array, size: number, options: BatchOptions): BatchResult & { totals: BatchTotals } {
  const batch = template.batch(options);
  const results: BatchResult[] = [];
  for (let from = 0; from < bytes.length; from += size) results.push(batch.push(bytes.subarray(from, from + size)));
  results.push(batch.end());
  return {
    payloads: Buffer.concat(results.map(({ payloads }) => payloads)),
    rows: Uint32Array.from(results.flatMap(({ rows }) => [...rows])),
    accepted: results.reduce((sum, { accepted }) => sum + accepted, 0),
    rejected: results.flatMap(({ rejected }) => rejected),
    rejectedRows: results.reduce((sum, { rejectedRows }) => sum + rejectedRows, 0),
    changed: results.flatMap(({ changed }) => changed),
    changedRows: results.reduce((sum, { changedRows }) => sum + changedRows, 0),
    summary: batch.totals.summary,
    totals: batch.totals,
  };
}

test("each row gets what `build` gives", () => {
  const rows = ndjson(500);
  const result = template.buildBatch(rows, { partial: true, sanitize: true, now });
  const payloads = text(result.payloads).trimEnd().split("\n");
  assert.equal(payloads.length, result.accepted);
  let next = 0;
  let rejected = 0;
  rows.split("\n").forEach((line, row) => {
    const { to, ...values } = JSON.parse(line) as Record<string, string>;
    const message = { to: to ?? "", values };
    if (result.rows[next] === row) {
      assert.equal(payloads[next], template.build(message, { sanitize: true, now }));
      next += 1;
    } else {
      const found = result.rejected[rejected];
      rejected += 1;
      assert.throws(
        () => template.build(message, { sanitize: true, now }),
        (error) =>
          error instanceof PreflightError &&
          error.report.diagnostics.some((d) => d.code === found?.diagnostics[0]?.code),
      );
      assert.deepEqual([found?.row, found?.line, found?.to], [row, row + 1, to]);
    }
  });
  assert.equal(next, result.accepted);
  assert.equal(rejected, result.rejectedRows);
  assert.equal(result.changedRows, 100);
  const [change] = result.changed;
  assert.deepEqual([change?.row, change?.key, change?.changes[0]?.before], [2, "body.1", "\n"]);
  // Of the five rows one is rejected for another reason.
  assert.equal(result.summary["recipient-repeated"], 4);
});

for (const [name, bytes] of [
  ["NDJSON", encoder.encode(ndjson(4_000))],
  ["CSV", encoder.encode(csv(4_000))],
] as const) {
  for (const partial of [true, false]) {
    test(`${name}, ${partial ? "" : "not "}partial: any pieces give what the whole gives`, async () => {
      const options = { partial, sanitize: true, maxReported: 5_000, now };
      const whole = template.buildBatch(bytes, options);
      assert.equal(whole.accepted > 0, partial);
      assert.ok(whole.rejectedRows > 400);
      assert.equal(whole.rejected.length, whole.rejectedRows);
      for (const size of [1, 7, 64 * 1024]) {
        const pieces = inPieces(bytes, size, options);
        const { totals, ...same } = pieces;
        assert.equal(totals.accepted, whole.accepted);
        if (!partial) {
          // A stream has given away what came before the first rejected row; nothing comes after it.
          assert.equal(pieces.accepted, whole.rejected[0]?.row);
          Object.assign(same, { payloads: whole.payloads, rows: whole.rows, accepted: whole.accepted });
        }
        assert.ok(Buffer.from(same.payloads).equals(whole.payloads));
        assert.deepEqual({ ...same, payloads: whole.payloads }, whole);
      }
      assert.deepEqual(template.buildBatch(text(bytes), options), whole, "text is taken as well");
    });
  }
}

test("a stream gives the payloads, its callbacks the rest", async () => {
  const bytes = encoder.encode(ndjson(20_000));
  const options = { partial: true, sanitize: true, now };
  const whole = template.buildBatch(bytes, options);
  const results: BatchResult[] = [];
  let totals: BatchTotals | undefined;
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(
      template.batchStream({ ...options, onResult: (result) => results.push(result), onEnd: (all) => (totals = all) }),
    );
  assert.ok(Buffer.from(await new Response(stream).arrayBuffer()).equals(whole.payloads));
  const { accepted, rejectedRows, changedRows, summary } = whole;
  assert.deepEqual(totals, { accepted, rejectedRows, changedRows, summary });
  assert.equal(results.flatMap(({ rejected }) => rejected).length, 1_000, "as many as are described when nobody says");
});

test("a stream of which all rows were wanted fails at its end", async () => {
  let totals: BatchTotals | undefined;
  const stream = new Blob([ndjson(100)]).stream().pipeThrough(template.batchStream({ onEnd: (all) => (totals = all) }));
  await assert.rejects(new Response(stream).text(), (error) => {
    assert.ok(error instanceof PreflightError);
    assert.equal(error.report.diagnostics[0]?.severity, "error");
    return true;
  });
  assert.equal(totals?.accepted, 0);
  assert.ok((totals?.rejectedRows ?? 0) > 20);
  // Also where nobody wanted to hear of any row.
  const silent = new Blob([ndjson(100)]).stream().pipeThrough(template.batchStream({ maxReported: 0 }));
  const message = `${totals?.rejectedRows} of the rows were rejected; \`maxReported\` is 0, so none is described`;
  await assert.rejects(new Response(silent).text(), { name: "PreflightError", message });
});

test("columns, defaults, country and encoding", () => {
  // "Prénom" and "Zoë" as a spreadsheet of Windows writes them; 0x80 is the euro sign, which ISO 8859-1 has not.
  const table = Buffer.from("T\u00e9l;Pr\u00e9nom\r\n06 12 34 56 78;Zo\u00eb \u0080\r\n", "latin1");
  const options: BatchOptions = {
    columns: { Tél: "to", Prénom: "body.1" },
    defaults: { values: { "body.2": "A-17" } },
    defaultCountry: "FR",
    now,
  };
  const named = template.buildBatch(table, { ...options, encoding: "windows-1252" });
  assert.equal(named.accepted, 1, JSON.stringify(named.rejected));
  const built = template.build({ to: "+33612345678", values: { "body.1": "Zoë €", "body.2": "A-17" } }, { now });
  assert.equal(text(named.payloads), `${built}\n`);
  const pieces = inPieces(table, 1, { ...options, encoding: "windows-1252" });
  assert.equal(text(pieces.payloads), text(named.payloads));
  const unnamed = template.buildBatch(
    Buffer.concat([Buffer.from("to,body.1,body.2\n+33612345678,"), table.subarray(-5)]),
  );
  assert.equal(unnamed.rejected[0]?.diagnostics[0]?.code, "row-encoding");
  const wide = Buffer.from("\u{feff}to\tbody.1\tbody.2\r\n+33612345678\tZoë 🌸\tA-17", "utf16le");
  assert.match(text(inPieces(wide, 1, { encoding: "utf-16le" }).payloads), /Zoë 🌸/);
});

test("a wrong call names its argument", () => {
  const wrong: [unknown, RegExp][] = [
    [7, /`options`/],
    [{ sanitize: 1 }, /options\.sanitize/],
    [{ partial: "yes" }, /options\.partial/],
    [{ format: "xlsx" }, /options\.format/],
    [{ columns: ["to"] }, /options\.columns/],
    [{ columns: { phone: 1 } }, /options\.columns\.phone/],
    [{ defaults: "{}" }, /options\.defaults/],
    [{ defaults: { values: 7n } }, /options\.defaults/],
    [{ defaultCountry: "Narnia" }, /options\.defaultCountry/],
    [{ encoding: "klingon" }, /options\.encoding/],
    [{ encoding: 1252 }, /options\.encoding/],
    [{ maxReported: -1 }, /options\.maxReported/],
    [{ limits: { noSuchLimit: 1 } }, /options\.limits/],
    [{ now: "today" }, /options\.now/],
  ];
  for (const [options, expected] of wrong) {
    const isNamed = (error: unknown) => error instanceof TypeError && expected.test(error.message);
    const given = options as BatchOptions;
    assert.throws(() => template.buildBatch("", given), isNamed, JSON.stringify(expected.source));
    assert.throws(() => template.batch(given), isNamed);
    assert.throws(() => template.batchStream(given), isNamed);
  }
  assert.throws(() => template.batchStream({ onResult: 1 } as never), /TypeError: `options\.onResult`/);
  assert.throws(() => template.buildBatch(7 as never), /TypeError: `rows`/);
  assert.throws(() => template.batch().push({} as never), /TypeError: `bytes`/);
});

test("a file that says that it is UTF-16 is read so", () => {
  const text = "\ufeffto\tbody.1\tbody.2\r\n+33612345678\tJosé\t日本\r\n";
  const little = new Uint8Array(new Uint16Array(Array.from(text, (c) => c.charCodeAt(0))).buffer);
  const big = little.slice();
  for (let at = 0; at < big.length; at += 2) [big[at], big[at + 1]] = [little[at + 1] ?? 0, little[at] ?? 0];
  const expected = template.buildBatch(text);
  assert.equal(expected.accepted, 1);
  for (const bytes of [little, big]) {
    assert.deepEqual(template.buildBatch(bytes), expected);
    assert.deepEqual(template.columns(bytes), template.columns(new TextEncoder().encode(text)));
  }
});

test("a text or a file may be cut anywhere, within a character and within what tells UTF-16", () => {
  const text = "to,body.1,body.2\r\n+33612345678,Zoë 😀,A\r\n+33612345679,é,B\r\n";
  const expected = template.buildBatch(text);
  assert.equal(expected.accepted, 2);
  const payloadsOf = (pieces: Iterable<string | Uint8Array>, options?: BatchOptions): string => {
    const batch: Batch = template.batch(options);
    let payloads = "";
    for (const piece of pieces) payloads += decoder.decode(batch.push(piece).payloads);
    return payloads + decoder.decode(batch.end().payloads);
  };
  assert.equal(payloadsOf(text.split("")), decoder.decode(expected.payloads));
  const little = Buffer.from(`\ufeff${text}`, "utf16le");
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    assert.equal(payloadsOf(pieces), decoder.decode(expected.payloads));
  }
  // What the decoder still holds at the end is told, too.
  const cut = Buffer.concat([Buffer.from("to,body.1,body.2\n+33612345678,Ana,A"), Buffer.of(0x83)]);
  const options = { encoding: "shift_jis" };
  assert.equal(payloadsOf([cut], options), decoder.decode(template.buildBatch(cut, options).payloads));
  assert.equal(payloadsOf([Uint8Array.of(0x7b)]), "");
});

test("half a character in a text is refused, not replaced", () => {
  for (const half of ["\ud83d", "\ude00"]) {
    const text = `to,body.1,body.2\n+33612345678,a${half},b\n+33612345679,c,d\n`;
    const { accepted, rejected } = template.buildBatch(text, { partial: true });
    assert.equal(accepted, 1);
    assert.deepEqual(
      rejected.map(({ line, diagnostics }) => [line, diagnostics[0]?.code]),
      [[2, "row-encoding"]],
    );
    const batch = template.batch({ partial: true });
    for (const unit of text) batch.push(unit);
    batch.end();
    assert.equal(batch.totals.accepted, 1);
  }
  const ended = template.batch();
  ended.push('{"to":"+33612345678","body.1":"a","body.2":"b\ud83d');
  assert.equal(ended.end().rejectedRows, 1);
});

test("a batch that has ended, was disposed of or lost says so", async () => {
  const ended = template.batch();
  ended.end();
  assert.throws(() => ended.push("x"), /ended or was disposed/);
  {
    using scoped = template.batch();
    scoped.push("{");
    scoped.dispose();
    assert.throws(() => scoped.push("x"), /ended or was disposed/);
  }
  type Wasm = { call(work: (glue: { CoreTemplate: { prototype: { info(): void } } }) => void): void };
  const path = new URL("../../pkg/message-core.js", import.meta.url).href;
  const { message } = (await import(path)) as { message: Wasm };
  const lost = template.batch({ partial: true });
  lost.push('{"to":"+33612345678","body.1":"A","body.2":"B"}\n');
  assert.throws(() => message.call((glue) => glue.CoreTemplate.prototype.info.call({ __wbg_ptr: 0x7fff_fff0 })));
  for (const use of [() => lost.push("\n"), () => lost.end()]) assert.throws(use, /cannot be resumed.*first row/);
  lost.dispose();
  assert.equal(template.buildBatch('{"to":"+33612345678","body.1":"A","body.2":"B"}').accepted, 1);
});

test("a million rows take the memory of ten thousand", async (t) => {
  const { memoryBytes, settle } = await memory();
  const row = (n: number) => `{"to":"+336${10_000_000 + n}","body.1":"Ana","body.2":"A-${n}"}\n`;
  const run = async (rows: number): Promise<number> => {
    const batch: Batch = template.batch({ partial: true, sanitize: true });
    let accepted = 0;
    for (let from = 0; from < rows; from += 1_000) {
      let piece = "";
      for (let n = from; n < from + 1_000; n += 1) piece += row(n);
      accepted += batch.push(piece).accepted;
    }
    accepted += batch.end().accepted;
    assert.equal(accepted, rows);
    await settle();
    const { rss, heapUsed, external } = process.memoryUsage();
    t.diagnostic(`${rows} rows: wasm ${memoryBytes()}, rss ${rss}, heap ${heapUsed}, external ${external}`);
    return memoryBytes() + heapUsed + external;
  };
  // The engine compiles what is called often, and that takes memory, too.
  await run(100_000);
  const few = await run(10_000);
  const many = await run(1_000_000);
  const growth = many / few - 1;
  // It may fall: what the engine held for the tests before is given back meanwhile.
  assert.ok(growth <= 0.1, `${few} bytes for ten thousand rows, ${many} for a million`);
});

test("batches that nobody ends leave no memory behind", async () => {
  const { memoryBytes, settle } = await memory();
  const make = async (count: number) => {
    for (let index = 1; index <= count; index += 1) {
      template.batch().push("{");
      if (index % 10 === 0) await settle();
    }
  };
  await make(20);
  const before = memoryBytes();
  await make(200);
  // A batch has four megabytes, so all of them would be 800.
  const grown = memoryBytes() - before;
  assert.ok(grown < 100 * 1024 * 1024, `the memory grew by ${grown} bytes`);
});

async function memory() {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const path = new URL("../../pkg/message-core.js", import.meta.url).href;
  type Wasm = { call<T>(work: (glue: { initSync(): { memory: WebAssembly.Memory } }) => T): T };
  const { message } = (await import(path)) as { message: Wasm };
  return {
    /** Frees what nobody holds. Finalizers run between tasks only, and buffers are swept in a task of their own. */
    async settle() {
      for (let round = 0; round < 3; round += 1) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    memoryBytes: () => message.call((glue) => glue.initSync().memory.buffer.byteLength),
  };
}

test("the beginning of a file tells its columns, in any encoding and wherever it is cut", () => {
  const table = "phone;body.1;Bodi 2;Straße;Notes\r\n0612345678;Zoë;A-1;x;\r\n";
  const expected = {
    format: "csv",
    columns: [
      { name: "phone", suggestion: "to", sample: "0612345678" },
      { name: "body.1", key: "body.1", sample: "Zoë" },
      { name: "Bodi 2", suggestion: "body.2", sample: "A-1" },
      { name: "Straße", sample: "x" },
      { name: "Notes" },
    ],
  };
  assert.deepEqual(template.columns(table), expected);
  assert.deepEqual(template.columns(encoder.encode(table)), expected);
  assert.deepEqual(template.columns(Buffer.from(table, "latin1"), { encoding: "windows-1252" }), expected);
  const columns = { phone: "to", "body.1": "", "Bodi 2": "body.2" };
  assert.deepEqual(
    template.columns(table, { columns }).columns.map(({ key, suggestion }) => [key, suggestion]),
    [
      ["to", undefined],
      [undefined, undefined],
      ["body.2", undefined],
      [undefined, undefined],
      [undefined, undefined],
    ],
  );
  for (let end = 0; end < table.length; end += 1) template.columns(encoder.encode(table).subarray(0, end));
  assert.deepEqual(template.columns('{"to":"+33612345678"}'), { format: "ndjson", columns: [] });
  assert.throws(() => template.columns(table, { defaultCountry: "XX" }), TypeError);
  assert.throws(() => template.columns(encoder.encode(table), { encoding: "windows-1" }), TypeError);
});

test("a column that is left out is neither read nor told", () => {
  const table = "to;body.1;body.2;Bodi 2\n+33612345678;Ana;A-1;x\n";
  assert.equal(template.buildBatch(table, { now }).accepted, 0);
  const { accepted, summary } = template.buildBatch(table, { columns: { "Bodi 2": "" }, now });
  assert.equal(accepted, 1);
  assert.deepEqual(summary, {});
});
