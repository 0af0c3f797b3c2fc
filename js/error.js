/** A refusal: the definition or the message has errors, and `report` lists them all. */
export class PreflightError extends Error {
  /** @param {{ diagnostics: { severity: string, message: string }[] }} report */
  constructor(report) {
    const errors = report.diagnostics.filter(({ severity }) => severity === "error");
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    super(`${errors[0]?.message ?? "refused by preflight"}${more}`);
    this.name = "PreflightError";
    this.report = report;
  }
}

/**
 * Runs a call into the core that throws a Report where it refuses.
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
export function refusing(work) {
  try {
    return work();
  } catch (thrown) {
    if (typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "diagnostics" in thrown) {
      throw new PreflightError(/** @type {any} */ (thrown));
    }
    throw thrown;
  }
}
