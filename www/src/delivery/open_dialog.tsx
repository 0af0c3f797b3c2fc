/** "Open approved template…": what Meta has, one click away. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, asked, busy, link, loadTemplates, openTemplate, templates } from "./deliveries.ts";

export function OpenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const wanted = useSignal("");
  const found = (templates.value ?? []).filter(({ name }) => name.includes(wanted.value.trim().toLowerCase()));
  const open = () => {
    dialog.current?.showModal();
    void asked(loadTemplates);
  };
  return (
    <>
      <button type="button" class="quiet" disabled={link.value !== "ready"} onClick={open}>
        Open from Meta…
      </button>
      <dialog ref={dialog} aria-labelledby="open-title">
        <div class="dialog-head">
          <h2 id="open-title">Templates at Meta</h2>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <label class="field-head" for="open-filter">
          Search by name
        </label>
        <input
          id="open-filter"
          type="search"
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
        <ul class="template-list">
          {found.map((template) => (
            <li>
              <button
                type="button"
                onClick={() => {
                  openTemplate(template);
                  dialog.current?.close();
                }}
              >
                <span>
                  <strong>{template.name}</strong> <span class="hint">{template.language}</span>
                </span>
                <span class={`chip ${template.status === "APPROVED" ? "good" : "waiting"}`}>
                  {template.status.toLowerCase()}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {answer.value?.kind === "bad" ? (
          <p class="answer bad" role="alert">
            {answer.value.words}
          </p>
        ) : (
          found.length === 0 && <p class="hint">{busy.value ? "Asking Meta…" : "No template has such a name."}</p>
        )}
      </dialog>
    </>
  );
}
