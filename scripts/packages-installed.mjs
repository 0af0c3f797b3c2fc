// Tells by its exit code whether node_modules holds what package-lock.json asks for: `run` without the packages
// that only tests need, `all` with them. npm's own record is compared, so that an install by hand counts, too.
import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const packagesOf = (path) => {
  try {
    return JSON.parse(readFileSync(new URL(path, root), "utf8")).packages;
  } catch {
    return {};
  }
};
const wanted = packagesOf("package-lock.json");
const present = packagesOf("node_modules/.package-lock.json");
const mode = process.argv[2];

const isNeeded = ([path, { dev, devOptional, optional, peer }]) =>
  path !== "" && !optional && !peer && (mode === "all" || !(dev || devOptional));
const isPresent = ([path, { version, link, resolved }]) =>
  present[path] !== undefined && (link ? present[path].resolved === resolved : present[path].version === version);
// Packages for other systems are optional and absent; those for this one came with the rest.
process.exit(Object.entries(wanted).filter(isNeeded).every(isPresent) && Object.keys(wanted).length > 0 ? 0 : 1);
