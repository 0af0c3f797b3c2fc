// Bytes as text in a JavaScript file. Base64 spreads a byte over two characters, which hides repetition from gzip: a
// third more to download. Here a frequent byte is one character and any other byte two, and gzip finds what it found.

/** Printable ASCII that no minifier, template string or HTML page has to escape. */
const alphabet = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((character) => !"\"'`\\$<".includes(character))
  .join("");

/** So many characters stand for a byte; the others begin a pair. */
const SINGLES = alphabet.length - 2;

/**
 * @param {{ order: readonly number[], length: number, text: string }} inlined all bytes, the most frequent first; how
 *   many there are; and what was made of them
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decode({ order, length, text }) {
  const places = new Uint8Array(128);
  for (let place = 0; place < alphabet.length; place += 1) places[alphabet.charCodeAt(place)] = place;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let byte = 0; byte < length; byte += 1) {
    let place = places[text.charCodeAt(at++)];
    if (place >= SINGLES) place = SINGLES + (place - SINGLES) * alphabet.length + places[text.charCodeAt(at++)];
    bytes[byte] = order[place];
  }
  return bytes;
}

/** The other way, for the build. */
export function encode(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] += 1;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  const spelled = [];
  for (const [place, byte] of order.entries()) {
    const behind = place - SINGLES;
    spelled[byte] =
      behind < 0
        ? alphabet[place]
        : alphabet[SINGLES + Math.floor(behind / alphabet.length)] + alphabet[behind % alphabet.length];
  }
  return { order, length: bytes.length, text: Array.from(bytes, (byte) => spelled[byte]).join("") };
}
