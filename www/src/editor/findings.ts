/** The report's findings as the editor underlines them, each with its fixes one click away. */

import type { Diagnostic as Mark } from "@codemirror/lint";
import type { Diagnostic, Span } from "wa-preflight";
import { fix } from "../document/document.ts";
import { plain } from "../shared/words.tsx";

/** More than anybody scrolls through; the list says how many there are. */
const MARKED = 1_000;

export function marksFor(diagnostics: readonly Diagnostic[], text: string): Mark[] {
  return diagnostics.slice(0, MARKED).flatMap((diagnostic) => {
    const { source } = diagnostic;
    if (source === undefined || source.end > text.length) return [];
    return {
      from: source.start,
      to: firstLineOf(text, source),
      severity: diagnostic.severity,
      message: diagnostic.message,
      renderMessage: () => words(diagnostic),
      actions: (diagnostic.fixes ?? []).map((wanted) => ({ name: plain(wanted.title), apply: () => fix(wanted) })),
    };
  });
}

/** A whole component underlined would drown what is underlined in it. */
function firstLineOf(text: string, { start, end }: Span): number {
  const lineEnd = text.indexOf("\n", start);
  return lineEnd > start && lineEnd < end ? lineEnd : end;
}

function words({ message, help }: Diagnostic): Node {
  const all = document.createElement("div");
  all.append(plain(message));
  if (help !== undefined) {
    const more = document.createElement("div");
    more.className = "help";
    more.append(plain(help));
    all.append(more);
  }
  return all;
}
