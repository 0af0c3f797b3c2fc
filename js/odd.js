// Values that JSON.stringify refuses: cyclic ones, very deep ones, big integers, getters that throw. What JSON cannot say
// becomes `null` in the text and a note with its place, of which the core makes a finding (Options::notes in Rust).

/** As deep as the core reads (json::MAX_DEPTH in Rust). */
const DEEPEST = 64;

/**
 * @param {unknown} given
 * @returns {{ text: string, notes: string[][] }}
 */
export function writeOdd(given) {
  /** @type {string[][]} */
  const notes = [];
  /** The objects that contain the one being written. */
  const above = [];

  function write(read, place) {
    const note = (what, found) => (notes.push([what, place, found]), "null");
    if (!read) return note("json", "a value whose getter throws");
    const json = attempt(() => toJson(read.value));
    if (!json) return note("json", "a value whose toJSON throws");
    const { value } = json;
    if (value === undefined || value === null) return "null";
    if (typeof value === "bigint") return note("json", "a big integer");
    if (typeof value === "function" || typeof value === "symbol") return note("json", `a ${typeof value}`);
    if (typeof value !== "object") return JSON.stringify(value);
    if (above.includes(value)) return note("cycle", "an object that contains itself");
    if (above.length >= DEEPEST) return note("depth", "an object");
    above.push(value);
    const text = Array.isArray(value) ? `[${items(value, place)}]` : `{${members(value, place)}}`;
    above.pop();
    return text;
  }

  function items(array, place) {
    const texts = [];
    for (let index = 0; index < array.length; index += 1)
      texts.push(
        write(
          attempt(() => array[index]),
          `${place}/${index}`,
        ),
      );
    return texts.join();
  }

  function members(object, place) {
    const texts = [];
    for (const key of Object.keys(object)) {
      // A getter may say something else the second time.
      const read = attempt(() => object[key]);
      if (read && read.value === undefined) continue;
      const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
      texts.push(`${JSON.stringify(key)}:${write(read, `${place}/${step}`)}`);
    }
    return texts.join();
  }

  return { text: write({ value: given }, ""), notes };
}

/** What a value's own `toJSON` makes of it, when it has one. */
function toJson(value) {
  const isObject = typeof value === "object" && value !== null;
  return isObject && typeof value.toJSON === "function" ? value.toJSON() : value;
}

function attempt(read) {
  try {
    return { value: read() };
  } catch {
    return undefined;
  }
}
