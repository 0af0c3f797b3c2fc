// Values that JSON.stringify refuses: cyclic ones, very deep and very long ones, big integers, getters that throw. What
// JSON cannot say becomes `null` in the text and a note with its place, of which the core makes a finding (Options::notes
// in Rust).

/** As deep as the core reads (json::MAX_DEPTH in Rust). */
const DEEPEST = 64;

/** So many characters are written, a value counting as some of them: members that are shared are written each time. */
const LONGEST = 2 ** 24;
const SHORTEST_VALUE = 64;

/** Nobody reads more notes than that. */
const MOST_NOTES = 1_000;

/**
 * @param {unknown} given
 * @returns {{ text: string, notes: string[][] }}
 */
export function writeOdd(given) {
  /** @type {string[][]} */
  const notes = [];
  /** The objects that contain the one being written. */
  const above = [];
  let length = 0;

  function write(read, place) {
    const note = (what, found) => {
      if (notes.length < MOST_NOTES) notes.push([what, place, found]);
      return "null";
    };
    if (length > LONGEST) return note("json", "a value behind so many others");
    length += SHORTEST_VALUE;
    if (!read) return note("json", "a value whose getter throws");
    const json = attempt(() => toJson(read.value));
    if (!json) return note("json", "a value whose toJSON throws");
    const { value } = json;
    if (value === undefined || value === null) return "null";
    if (typeof value === "bigint") return note("json", "a big integer");
    if (typeof value === "function" || typeof value === "symbol") return note("json", `a ${typeof value}`);
    if (typeof value !== "object") {
      length += String(value).length;
      return length > LONGEST ? note("json", "a value of such length") : JSON.stringify(value);
    }
    if (above.includes(value)) return note("cycle", "an object that contains itself");
    if (above.length >= DEEPEST) return note("depth", "an object");
    above.push(value);
    const text = Array.isArray(value) ? `[${items(value, place)}]` : `{${members(value, place)}}`;
    above.pop();
    return text;
  }

  function items(array, place) {
    const texts = [];
    for (let index = 0; index < array.length; index += 1) {
      // The first that is too many is noted; an array may have billions, without holding one.
      const isLast = length > LONGEST;
      const item = attempt(() => array[index]);
      texts.push(write(item, `${place}/${index}`));
      if (isLast) break;
    }
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
