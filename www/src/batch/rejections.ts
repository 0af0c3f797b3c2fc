/** The rejected rows as a table for a spreadsheet: a line for each finding. */

import type { RejectedRow } from "wa-preflight";

/** With a byte order mark: without one, spreadsheets take UTF-8 for something older. */
export const NAMES_OF_COLUMNS = "\ufeffrow,line,recipient,severity,rule,parameter,what is wrong,what to do\r\n";

export function rejectionLines(rejected: readonly RejectedRow[]): string {
  let lines = "";
  for (const { row, line, to, diagnostics } of rejected)
    for (const { severity, code, key, message, help } of diagnostics)
      lines += `${[row + 1, line, to, severity, code, key, message, help].map(field).join(",")}\r\n`;
  return lines;
}

/**
 * One field, quoted where it must be. What a file brings must not become a formula when a person opens the table: such
 * a text gets an apostrophe in front, which spreadsheets hide. A phone number's plus is left alone.
 */
function field(value: string | number | undefined): string {
  let text = String(value ?? "");
  if (/^[=@\t\r-]|^\+(?![\d ().-]*$)/.test(text)) text = `'${text}`;
  return /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
