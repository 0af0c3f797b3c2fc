// Times several ways of doing the same in turns, so that a slow moment of the machine hits all of them.

const ROUNDS = 15;
const ROUND_MS = 40;

/**
 * @param {Record<string, () => unknown>} ways
 * @returns {Record<string, number>} microseconds a call: the median of the rounds
 */
export function measure(ways) {
  const entries = Object.entries(ways);
  const times = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = -3; round < ROUNDS; round += 1) {
    for (const [name, work] of entries) {
      const time = timeOf(work);
      // The first rounds warm the compiler up.
      if (round >= 0) times[name].push(time);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times[name])]));
}

function timeOf(work) {
  let calls = 0;
  const begin = performance.now();
  let now = begin;
  while (now - begin < ROUND_MS) {
    for (let index = 0; index < 20; index += 1) work();
    calls += 20;
    now = performance.now();
  }
  return ((now - begin) / calls) * 1_000;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Prints a table: each way's time, and its ratio to the first. */
export function print(title, times) {
  const [[, first]] = Object.entries(times);
  console.log(`\n${title}`);
  for (const [name, time] of Object.entries(times)) {
    console.log(`  ${time.toFixed(2).padStart(9)} µs  ${(time / first).toFixed(2).padStart(5)} ×  ${name}`);
  }
}
