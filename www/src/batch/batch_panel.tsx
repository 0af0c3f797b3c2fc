/** A whole campaign from a file: which column is what, then every row judged before the first is sent. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { compiled } from "../document/document.ts";
import { ValueField } from "../message/value_field.tsx";
import { cancel, close, defaults, defaultsFound, file, head, open, run, start, unmapped } from "./batch.ts";
import { Columns } from "./columns.tsx";
import { Result } from "./result.tsx";
import { Settings } from "./settings.tsx";
import { megabytes, number } from "./numbers.ts";

/** As in the message's form: nobody fills in thousands of fields by hand. */
const SHOWN = 100;

export function BatchPanel() {
  const chosen = file.value;
  const { template, current } = compiled.value;
  if (template === undefined)
    return <p class="notice">There is no template to judge rows against yet: the definition comes first.</p>;
  return (
    <>
      {!current && (
        <p class="notice">
          The definition cannot be used at the moment; rows are judged against its last usable state.
        </p>
      )}
      <DropZone>{chosen === undefined ? <Chooser /> : <Opened chosen={chosen} />}</DropZone>
    </>
  );
}

function openFirst(files: FileList | null | undefined): void {
  const chosen = files?.[0];
  if (chosen !== undefined) void open(chosen);
}

/** Takes a file also where another one is open. */
function DropZone({ children }: { children: ComponentChildren }) {
  const over = useSignal(false);
  return (
    <div
      class={over.value ? "drop-zone over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        openFirst(event.dataTransfer?.files);
      }}
    >
      {children}
    </div>
  );
}

function Chooser() {
  const id = useId();
  return (
    <div class="drop">
      <label for={id}>A file with one row per message</label>
      <p class="hint">Drop a CSV or NDJSON file here, or choose one. It is read in this page and sent nowhere.</p>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv,application/x-ndjson"
        onChange={(event) => openFirst(event.currentTarget.files)}
      />
    </div>
  );
}

/** What a file is written in, in words. */
const FORMATS = { csv: "table", ndjson: "lines of JSON", workbook: "workbook" } as const;

function Opened({ chosen }: { chosen: File }) {
  const found = head.value.head;
  return (
    <>
      <div class="file-head">
        <p>
          <strong class="file-title">{chosen.name}</strong>{" "}
          <span class="hint">
            {megabytes(chosen.size)}
            {found !== undefined && ` · ${FORMATS[found.format]}`}
          </span>
        </p>
        <button type="button" class="quiet" onClick={close}>
          Other file
        </button>
      </div>
      {found?.format === "workbook" ? <Workbook /> : <Rows size={chosen.size} />}
    </>
  );
}

/** Nothing of it can be judged, so nothing is asked for. */
function Workbook() {
  return (
    <p class="notice" role="alert">
      This is a workbook of a spreadsheet program, which only that program can read. Save it there as CSV (UTF-8), and
      choose that file.
    </p>
  );
}

/** How the rows are read, and what became of them. */
function Rows({ size }: { size: number }) {
  const { head: found, refusal } = head.value;
  const now = run.value;
  const running = now?.state === "running";
  return (
    <>
      <fieldset class="bare" disabled={running} aria-label="How the file is read">
        {found?.format === "csv" && <Columns found={found.columns} />}
        {found?.format === "ndjson" && (
          <p class="hint">
            Each line names its own keys: <code>to</code> and the keys of the message’s form.
          </p>
        )}
        <Defaults isTable={found?.format === "csv"} />
        <Settings refusal={refusal} />
      </fieldset>
      <div class="send-row">
        {running ? (
          <button type="button" class="quiet" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" class="primary" disabled={refusal !== undefined} onClick={start}>
            {now === undefined ? "Judge every row" : "Judge again"}
          </button>
        )}
        {running && <Progress size={size} bytes={now.bytes} rows={now.totals.accepted + now.totals.rejectedRows} />}
      </div>
      <Result />
    </>
  );
}

function Progress({ size, bytes, rows }: { size: number; bytes: number; rows: number }) {
  return (
    <span class="progress">
      <progress aria-label="Rows judged" max={Math.max(size, 1)} value={bytes} />
      <span class="hint" data-testid="progress">
        {Math.floor((bytes / Math.max(size, 1)) * 100)} % · {number(rows)} rows
      </span>
    </span>
  );
}

/** What no column gives: one value for every row. */
function Defaults({ isTable }: { isTable: boolean }) {
  const all = unmapped.value;
  const needed = isTable ? all.filter(({ required }) => required) : [];
  const others = all.filter((parameter) => !needed.includes(parameter));
  const given = others.filter(({ key }) => (defaults.texts.value[key] ?? "") !== "").length;
  if (all.length === 0) return null;
  const fieldOf = (parameter: (typeof all)[number]) => (
    <ValueField
      parameter={parameter}
      typed={defaults}
      found={defaultsFound.value.filter(({ key }) => key === parameter.key)}
      key={parameter.key}
      apply={() => undefined}
    />
  );
  return (
    <div class="defaults">
      {needed.length > 0 && (
        <>
          <h3>No column gives these</h3>
          <p class="hint">What you write here holds for every row.</p>
          {needed.slice(0, SHOWN).map(fieldOf)}
        </>
      )}
      {others.length > 0 && (
        <details>
          <summary>
            {isTable ? "Other values for every row" : "Values for every row that gives none"}
            {given > 0 && ` (${given} given)`}
          </summary>
          {others.slice(0, SHOWN).map(fieldOf)}
        </details>
      )}
    </div>
  );
}
