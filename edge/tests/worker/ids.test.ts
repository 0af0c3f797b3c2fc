import { expect, test } from "vitest";
import { makeId, shardOf } from "../../src/ledger/machine.ts";

test("an id has a version, its shard and 128 random bits", () => {
  expect(makeId(0)).toMatch(/^10[0-9a-f]{32}$/);
  expect(makeId(35)).toMatch(/^1z[0-9a-f]{32}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => makeId(0))).size).toBe(1_000);
});

test("an id tells its shard", () => {
  for (let shard = 0; shard < 36; shard += 1) expect(shardOf(makeId(shard))).toBe(shard);
});

test("what is no id has no shard", () => {
  const good = makeId(3);
  for (const text of [
    "",
    "1",
    good.slice(1),
    `${good}0`,
    `2${good.slice(1)}`,
    good.toUpperCase(),
    "é".repeat(34),
    "x".repeat(1_000_000),
  ]) {
    expect(shardOf(text)).toBeUndefined();
  }
});

test("there is no shard beyond the last digit", () => {
  expect(() => makeId(36)).toThrow(RangeError);
});
