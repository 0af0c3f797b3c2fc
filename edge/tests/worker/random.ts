/** Chance that repeats: the same seed gives the same numbers (xorshift32). */

export function random(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export function shuffled(next: (below: number) => number, text: string): string {
  const letters = [...text];
  for (let index = letters.length - 1; index > 0; index -= 1) {
    const other = next(index + 1);
    [letters[index], letters[other]] = [letters[other] ?? "", letters[index] ?? ""];
  }
  return letters.join("");
}
