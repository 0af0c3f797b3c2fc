/** Why a rule exists and where that is written: from the catalogue, fetched when somebody asks. */

import { useSignal } from "@preact/signals";
import { attempt, report } from "../shared/failure.ts";
import { isObject } from "../shared/json.ts";

interface RuleDoc {
  why: string;
  source: string;
  checked: string;
  evidence: string;
}

let catalogue: Promise<Map<string, RuleDoc>> | undefined;

async function load(): Promise<Map<string, RuleDoc>> {
  const { default: read } = await import("wa-preflight/rules.json");
  const rows: unknown[] = isObject(read) && Array.isArray(read.rules) ? read.rules : [];
  return new Map(rows.flatMap((row) => (isObject(row) ? [[String(row.code), row as unknown as RuleDoc]] : [])));
}

export function Why({ code }: { code: string }) {
  const doc = useSignal<RuleDoc | undefined>(undefined);
  const open = useSignal(false);
  const toggle = async () => {
    open.value = !open.peek();
    catalogue ??= load();
    try {
      doc.value = (await catalogue).get(code);
    } catch (error) {
      catalogue = undefined;
      report(error);
    }
  };
  return (
    <>
      <button type="button" class="link" aria-expanded={open.value} onClick={() => void toggle()}>
        {code}
      </button>
      {open.value && doc.value !== undefined && <Explanation {...doc.value} />}
    </>
  );
}

function Explanation({ why, source, checked, evidence }: RuleDoc) {
  const host = attempt(() => new URL(source).host, source);
  return (
    <span class="why">
      {why} ({evidence};{" "}
      <a href={source} target="_blank" rel="noreferrer">
        {host}
      </a>
      , read {checked})
    </span>
  );
}
