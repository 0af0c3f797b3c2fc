import * as check from "./check.js";
import { core } from "./core.js";
import * as bytes from "./core-bytes.js";
import { decode } from "./inline.js";

core.comesFrom(() => decode(bytes));

// Not `export … from`: a bundler would take these from where they come, and leave the line above out.
export const { applyFix, checkTemplate } = check;
