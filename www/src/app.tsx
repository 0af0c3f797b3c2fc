/** The page: a head, and panels that stand side by side or take turns. */

import type { ComponentChildren } from "preact";
import { BatchPanel } from "./batch/batch_panel.tsx";
import { DefinitionForm } from "./definition/form.tsx";
import { DeliveriesPanel } from "./delivery/deliveries_panel.tsx";
import { link } from "./delivery/deliveries.ts";
import { OpenDialog } from "./delivery/open_dialog.tsx";
import { openText, replaced, report, takeBack } from "./document/document.ts";
import { PANELS, type Panel, panel, type View, view } from "./document/place.ts";
import { Problems } from "./document/problems.tsx";
import { SAMPLES } from "./document/samples.ts";
import { JsonEditor } from "./editor/json_editor.tsx";
import { changingTemplate } from "./message/message.ts";
import { MessagePanel } from "./message/message_panel.tsx";
import { PayloadPanel } from "./preview/payload_panel.tsx";
import { PreviewPanel } from "./preview/preview_panel.tsx";
import { failure } from "./shared/failure.ts";
import { counted } from "./shared/findings.tsx";

const TITLES: Record<Panel, string> = {
  definition: "Definition",
  message: "Message",
  preview: "Preview",
  payload: "Payload",
  batch: "Batch",
  deliveries: "Deliveries",
};

export function App() {
  return (
    <>
      <Head />
      <Banners />
      <nav class="panels-nav" aria-label="Parts of the editor">
        {PANELS.map((name) => (
          <button
            type="button"
            aria-current={panel.value === name ? "true" : undefined}
            onClick={() => {
              panel.value = name;
            }}
          >
            {TITLES[name]}
          </button>
        ))}
      </nav>
      <main data-panel={panel.value}>
        <div class="column">
          <DefinitionPanel />
        </div>
        <div class="column">
          <PanelSection name="preview">
            <PreviewPanel />
          </PanelSection>
          <PanelSection name="message">
            <MessagePanel />
          </PanelSection>
          <PanelSection name="payload">
            <PayloadPanel />
          </PanelSection>
          <PanelSection name="batch">
            <BatchPanel />
          </PanelSection>
          <PanelSection name="deliveries">
            <DeliveriesPanel />
          </PanelSection>
        </div>
      </main>
    </>
  );
}

function Head() {
  return (
    <header class="head">
      <h1>
        <span class="brand">wa-preflight</span> <span class="tagline">campaign editor</span>
      </h1>
      <Verdict />
      <div class="head-tools">
        <label class="unseen" for="sample">
          Start from a sample
        </label>
        <select
          id="sample"
          value=""
          onChange={(event) => {
            const sample = SAMPLES[Number(event.currentTarget.value)];
            event.currentTarget.value = "";
            if (sample !== undefined) changingTemplate(() => openText(sample.title, sample.text));
          }}
        >
          <option value="">Start from…</option>
          {SAMPLES.map(({ title }, index) => (
            <option value={index}>{title}</option>
          ))}
        </select>
        <OpenDialog />
        <span class={`link-state ${link.value}`}>
          {link.value === "ready" ? "Connected" : link.value === "connecting" ? "Connecting" : "Not connected"}
        </span>
      </div>
    </header>
  );
}

function Verdict() {
  const { ok, complete, diagnostics } = report.value;
  const kind = ok && complete ? "good" : ok ? "waiting" : "bad";
  return (
    <p class={`chip verdict ${kind}`} data-testid="verdict">
      {ok ? (complete ? "Ready for Meta" : "Not fully judged") : counted(diagnostics)}
    </p>
  );
}

function Banners() {
  return (
    <>
      {failure.value !== undefined && (
        <div class="banner bad" role="alert">
          <p>
            <strong>Something went wrong in this page.</strong> Your text is kept. {failure.value}
          </p>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              failure.value = undefined;
            }}
          >
            Dismiss
          </button>
        </div>
      )}
      {replaced.value !== undefined && (
        <div class="banner" role="status">
          <p>
            Opened <strong>{replaced.value.by}</strong> in place of your text.
          </p>
          <span class="tools">
            <button type="button" class="quiet" onClick={() => changingTemplate(takeBack)}>
              Undo
            </button>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                replaced.value = undefined;
              }}
            >
              Keep
            </button>
          </span>
        </div>
      )}
    </>
  );
}

function DefinitionPanel() {
  const choose = (next: View) => () => {
    view.value = next;
  };
  return (
    <section class="panel definition" aria-labelledby="definition-title" data-view={view.value}>
      <div class="panel-head">
        <h2 id="definition-title">Definition</h2>
        <div class="views" role="group" aria-label="View">
          <button type="button" aria-pressed={view.value === "form"} onClick={choose("form")}>
            Form
          </button>
          <button type="button" aria-pressed={view.value === "json"} onClick={choose("json")}>
            JSON
          </button>
        </div>
      </div>
      <div class="view-form" hidden={view.value !== "form"}>
        <DefinitionForm />
      </div>
      <div class="view-json" hidden={view.value !== "json"}>
        <JsonEditor />
      </div>
      <Problems />
    </section>
  );
}

function PanelSection({ name, children }: { name: Panel; children: ComponentChildren }) {
  return (
    <section class={`panel ${name}`} aria-labelledby={`${name}-title`}>
      <div class="panel-head">
        <h2 id={`${name}-title`}>{TITLES[name]}</h2>
      </div>
      {children}
    </section>
  );
}
