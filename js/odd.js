// Values that JSON.stringify refuses: cyclic ones, very deep ones, big integers, getters that throw. What JSON cannot say
// becomes `null` in the text and a note with its place, of which the core makes a finding (Options::notes in Rust).

/** As deep as the core reads (json::MAX_DEPTH in Rust). */
const DEEPEST = 64;

/**
 * @param {unknown} given
 * @returns {{ text: string, notes: string[][] }}
 */
export function writeOdd(given) {
  const notes = [];
  /** The objects that contain the one being written. */
  const above = [];

  function write(read, place) {
    const note = (what, found) => (notes.push([what, place, found]), "null");
    let value;
    try {
      value = read();
    } catch {
      return note("json", "a value whose getter throws");
    }
    try {
      if (typeof value === "object" && typeof value?.toJSON === "function") value = value.toJSON();
    } catch {
      return note("json", "a value whose toJSON throws");
    }
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

  const items = (array, place) => Array.from(array.keys(), (index) => write(() => array[index], `${place}/${index}`)).join();

  const members = (object, place) =>
    Object.keys(object)
      .filter((key) => !isUndefined(object, key))
      .map((key) => {
        const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
        return `${JSON.stringify(key)}:${write(() => object[key], `${place}/${step}`)}`;
      })
      .join();

  return { text: write(() => given, ""), notes };
}

function isUndefined(object, key) {
  try {
    return object[key] === undefined;
  } catch {
    return false;
  }
}
