/** A finding in words, with its fixes: the same wherever it is shown. */

import type { Diagnostic, Severity } from "wa-preflight";
import { fix } from "../document/document.ts";
import { Words } from "./words.tsx";

const NAMES: Record<Severity, string> = { error: "Error", warning: "Warning", info: "Note" };

export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span class={`severity ${severity}`}>
      <span aria-hidden="true">{severity === "error" ? "✕" : severity === "warning" ? "!" : "i"}</span>
      <span class="unseen">{NAMES[severity]}: </span>
    </span>
  );
}

/** What a line of a list of findings says; `parameter` is shown where the list is not one parameter's. */
export function FindingWords({
  severity,
  message,
  help,
  parameter,
}: Pick<Diagnostic, "severity" | "message" | "help"> & { parameter?: string | undefined }) {
  return (
    <>
      <SeverityMark severity={severity} />
      <span class="words">
        <Words text={message} />
        {parameter !== undefined && (
          <>
            {" "}
            <code class="key">{parameter}</code>
          </>
        )}
        {help !== undefined && (
          <span class="help">
            {" "}
            — <Words text={help} />
          </span>
        )}
      </span>
    </>
  );
}

/** Below a field: what is wrong with it, and the fixes. */
export function FieldFindings({
  id,
  diagnostics,
  apply,
}: {
  id: string;
  diagnostics: readonly Diagnostic[];
  apply?: typeof fix;
}) {
  if (diagnostics.length === 0) return null;
  return (
    <ul class="field-findings" id={id}>
      {diagnostics.map((diagnostic) => (
        <li class={diagnostic.severity} data-code={diagnostic.code}>
          <FindingWords {...diagnostic} />
          <Fixes diagnostic={diagnostic} {...(apply !== undefined && { apply })} />
        </li>
      ))}
    </ul>
  );
}

/** `apply` is how a fix of a message's value is applied; fixes of the definition edit its text. */
export function Fixes({ diagnostic, apply = fix }: { diagnostic: Diagnostic; apply?: typeof fix }) {
  return (
    <>
      {(diagnostic.fixes ?? []).map((wanted) => (
        <button type="button" class="fix" onClick={() => apply(wanted)}>
          <Words text={wanted.title} />
        </button>
      ))}
    </>
  );
}

/** "2 errors, 1 warning". */
export function counted(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    const noun = severity === "info" ? "note" : severity;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`];
  });
  return parts.join(", ");
}
