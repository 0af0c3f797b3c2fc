/** Sending, and what became of what was sent. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { FindingWords } from "../shared/findings.tsx";
import {
  act,
  answer,
  atMeta,
  busy,
  canCreate,
  chooseSender,
  connect,
  createTemplate,
  deliveries,
  differsFromMeta,
  from,
  hasTimeline,
  link,
  loadAll,
  obstacle,
  openDelivery,
  reconnect,
  send,
  senders,
  sending,
  show,
  templates,
} from "./deliveries.ts";
import { Timeline } from "./timeline.tsx";
import type { Delivery, DeliveryOverview } from "./worker.ts";

export function DeliveriesPanel() {
  return (
    <>
      {link.value === "ready" ? <SendForm /> : <NoLink />}
      <Answer />
      <DeliveryList />
    </>
  );
}

const REASONS = {
  "no-key":
    "Sending needs the Worker's key. Open the address that the Worker printed when it started, or paste the key here. Everything else works without it.",
  connecting: "Connecting to the Worker…",
  refused: "The Worker does not know this key. Paste the right one; everything else works without it.",
  unreachable: "The Worker cannot be reached. Everything but sending works; your text is kept in this browser.",
} as const;

function NoLink() {
  const typed = useSignal("");
  const id = useId();
  const state = link.value;
  if (state === "ready") return null;
  return (
    <div class="no-link">
      <p class="notice" role="status">
        {REASONS[state]}
      </p>
      {state === "unreachable" && (
        <div class="adders">
          <button type="button" class="quiet" onClick={() => void reconnect()}>
            Try again
          </button>
        </div>
      )}
      {state !== "connecting" && (
        <form
          class="key-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.value.trim() !== "") void connect(typed.value.trim());
          }}
        >
          <label for={id}>Worker key</label>
          <input
            id={id}
            type="password"
            autocomplete="off"
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
            }}
          />
          <button type="submit" class="quiet">
            Connect
          </button>
        </form>
      )}
    </div>
  );
}

function SendForm() {
  const id = useId();
  const why = obstacle.value;
  const known = atMeta.value;
  return (
    <div class="send-form">
      <div class="field">
        <div class="field-head">
          <label for={id}>From</label>
        </div>
        <select
          id={id}
          value={from.value}
          disabled={busy.value}
          onChange={(event) => void chooseSender(event.currentTarget.value)}
        >
          {senders.value.map(({ phoneNumberId }) => (
            <option value={phoneNumberId}>{phoneNumberId}</option>
          ))}
        </select>
      </div>
      <p class="at-meta">
        {templates.value === undefined ? (
          <>
            {busy.value ? "Asking what Meta has…" : "What Meta has could not be read."}{" "}
            <button type="button" class="quiet" disabled={busy.value} onClick={() => void loadAll()}>
              Ask again
            </button>
          </>
        ) : known === undefined ? (
          <>
            Meta does not have this template yet.{" "}
            <button type="button" class="quiet" disabled={!canCreate.value} onClick={() => void createTemplate()}>
              Create at Meta
            </button>
          </>
        ) : (
          <>
            At Meta:{" "}
            <span class={`chip ${known.status === "APPROVED" ? "good" : "waiting"}`}>{known.status.toLowerCase()}</span>
          </>
        )}
      </p>
      {differsFromMeta.value && (
        <p class="notice">
          Meta's copy of this template reads differently from the text here. What is sent is Meta's copy, with these
          values.
        </p>
      )}
      <div class="send-row">
        <button
          type="button"
          class="primary"
          disabled={why !== undefined || busy.value}
          aria-describedby={why === undefined ? undefined : `${id}-why`}
          onClick={() => void send()}
        >
          {sending.value ? "Sending…" : "Send"}
        </button>
        {why !== undefined && (
          <span class="hint" id={`${id}-why`}>
            {why}
          </span>
        )}
      </div>
    </div>
  );
}

function Answer() {
  const said = answer.value;
  return (
    <div role="status" aria-live="polite">
      {said !== undefined && (
        <div class={`answer ${said.kind}`}>
          <p>{said.words}</p>
          {said.refusal !== undefined && said.refusal.diagnostics.length > 0 && (
            <ul class="field-findings">
              {said.refusal.diagnostics.map((diagnostic) => (
                <li class={diagnostic.severity}>
                  <FindingWords {...diagnostic} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

function DeliveryList() {
  if (deliveries.value.length === 0)
    return link.value === "ready" && answer.value?.kind !== "bad" ? <p class="hint">Nothing was sent yet.</p> : null;
  return (
    <ol class="deliveries">
      {deliveries.value.map((delivery) => (
        <DeliveryItem delivery={delivery} key={delivery.id} />
      ))}
    </ol>
  );
}

const ACTIONS = [
  ["cancel", "Cancel"],
  ["resend", "Send again"],
  ["close", "Close"],
] as const;

function DeliveryItem({ delivery }: { delivery: DeliveryOverview | Delivery }) {
  const { id, state, template, message, createdAt } = delivery;
  const isOpen = openDelivery.value === id;
  return (
    <li class="delivery" data-testid="delivery" data-state={state}>
      <button
        type="button"
        class="delivery-head"
        aria-expanded={isOpen}
        onClick={() => void show(isOpen ? undefined : id)}
      >
        <span class="delivery-title">
          <strong>{message.to ?? message.recipient ?? "recipient erased"}</strong>
          <span class="hint">
            {template.name} · {template.language} ·{" "}
            {new Date(createdAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}
          </span>
        </span>
        <StateChip state={state} settled={delivery.settled} />
      </button>
      {isOpen && hasTimeline(delivery) && (
        <>
          <Timeline delivery={delivery} />
          <details class="step-in">
            <summary>Step in</summary>
            <p class="hint">Asks the Worker. It refuses, with the reason, what the delivery's state does not allow.</p>
            <div class="adders">
              {ACTIONS.map(([action, title]) => (
                <button type="button" class="quiet" disabled={busy.value} onClick={() => void act(id, action)}>
                  {title}
                </button>
              ))}
            </div>
          </details>
        </>
      )}
    </li>
  );
}

/** Good where a webhook said so, bad where it ended otherwise, waiting in between. */
function StateChip({ state, settled }: { state: string; settled: boolean }) {
  const good = state === "delivered" || state === "read";
  return (
    <span class={`chip ${good ? "good" : settled ? "bad" : "waiting"}`} role="status">
      {state.replaceAll("_", " ")}
    </span>
  );
}
