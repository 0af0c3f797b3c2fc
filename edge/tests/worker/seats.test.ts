/** Who may send for a ledger at once. */

import { expect, test } from "vitest";
import { Seats } from "../../src/ledger/seats.ts";

const two = { most: 2, silentMs: 100 };

test("as many as there are seats, and whoever has one keeps it", () => {
  const seats = new Seats();
  expect(["a", "b", "c", "a", "b"].map((name) => seats.take(name, two, 0))).toEqual([true, true, false, true, true]);
});

test("a seat is free when it is left, and when its owner was silent for longer than an attempt lasts", () => {
  const seats = new Seats();
  seats.take("a", two, 0);
  seats.take("b", two, 50);
  seats.leave("a");
  expect(seats.take("c", two, 50)).toBe(true);
  expect(seats.take("d", two, 150), "b may still be waiting for an answer").toBe(false);
  expect(seats.take("d", two, 151)).toBe(true);
});

test("a clock that was set back holds no seat for ever", () => {
  const seats = new Seats();
  seats.take("a", { ...two, most: 1 }, 1_000_000);
  expect(seats.take("b", { ...two, most: 1 }, 0)).toBe(true);
});
