/** The link to the Worker: whether there is one, what Meta has, what is on its way. */

import { computed, signal } from "@preact/signals";
import { type Report, Template } from "wa-preflight";
import { compiled, report as definitionReport, openText, text } from "../document/document.ts";
import { changingTemplate, messageReport, outgoing, preview, recipient } from "../message/message.ts";
import { isObject } from "../shared/json.ts";
import {
  type Delivery,
  type DeliveryOverview,
  keepKey,
  type KnownTemplate,
  Refusal,
  type Sender,
  takeKey,
  Worker,
} from "./worker.ts";

const FAST_MS = 400;
const SLOW_MS = 3_000;
/** How long a settled delivery is still looked at: a read receipt may follow. */
const LINGER_MS = 10 * 60_000;
const LISTED = 20;
const REVIEW_LOOKS = 10;

export type Link = "no-key" | "connecting" | "ready" | "refused" | "unreachable";

let worker: Worker | undefined;
export const link = signal<Link>("no-key");
export const senders = signal<Sender[]>([]);
export const from = signal("");
/** Undefined for as long as Meta has not been heard. */
export const templates = signal<KnownTemplate[] | undefined>(undefined);
/** The newest first. */
export const deliveries = signal<(DeliveryOverview | Delivery)[]>([]);
export const openDelivery = signal<string | undefined>(undefined);
/** What the Worker said last to something that was asked of it. */
export const answer = signal<{ kind: "good" | "bad"; words: string; refusal?: Refusal } | undefined>(undefined);
export const busy = signal(false);
/** Whether it is a message that is being sent. */
export const sending = signal(false);

/** What Meta has under the definition's name and language. */
export const atMeta = computed<KnownTemplate | undefined>(() => {
  const { template } = compiled.value;
  return templates.value?.find(({ name, language }) => name === template?.name && language === template?.language);
});

/** Whether a recipient would see something else than the preview: Meta sends its own copy, not this text. */
export const differsFromMeta = computed<boolean>(() => {
  if (atMeta.value === undefined || preview.value === undefined) return false;
  try {
    const theirs = new Template(atMeta.value, { readback: true }).preview(outgoing.value);
    return JSON.stringify(theirs) !== JSON.stringify(preview.value);
  } catch {
    return true;
  }
});

/** Why nothing can be sent now; undefined when it can. */
export const obstacle = computed<string | undefined>(() => {
  if (link.value !== "ready") return "There is no link to the Worker.";
  if (compiled.value.template === undefined || !compiled.value.current) return "The definition cannot be used yet.";
  if (templates.value === undefined) return "What Meta has is not known yet.";
  if (atMeta.value === undefined) {
    if (!definitionReport.value.ok) return "Meta has no template of this name and language: mend the definition first.";
    return "Meta has no template of this name and language yet: create it first.";
  }
  if (recipient.value.trim() === "") return "The recipient is missing.";
  if (!messageReport.value.ok) return sentence(messageReport.value);
  return undefined;
});

function sentence({ diagnostics }: Report): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.length === 1 ? "The message has an error." : `The message has ${errors.length} errors.`;
}

export function start(): void {
  connect(takeKey());
  addEventListener("hashchange", () => {
    const key = takeKey();
    if (key !== undefined) connect(key);
  });
  addEventListener("online", () => {
    if (link.peek() === "unreachable") reconnect();
  });
}

let lastKey: string | undefined;

export const reconnect = (): Promise<void> => connect(lastKey);

export async function connect(key: string | undefined): Promise<void> {
  if (key === undefined) {
    link.value = "no-key";
    return;
  }
  lastKey = key;
  worker = new Worker(key);
  link.value = "connecting";
  templates.value = undefined;
  answer.value = undefined;
  try {
    senders.value = await worker.senders();
    keepKey(key);
    if (!senders.value.some(({ phoneNumberId }) => phoneNumberId === from.peek())) {
      from.value = senders.value[0]?.phoneNumberId ?? "";
    }
    link.value = "ready";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.value = error.status === 401 ? "refused" : "unreachable";
    if (error.status === 401) keepKey(undefined);
    else if (error.status !== undefined) answer.value = { kind: "bad", words: error.message };
    return;
  }
  await loadAll();
}

/** Meta may be away while the Worker is there: what cannot be had of one does not stop the other. */
export const loadAll = (): Promise<void> => asked(() => Promise.all([loadTemplates(), loadDeliveries()]));

export async function chooseSender(phoneNumberId: string): Promise<void> {
  from.value = phoneNumberId;
  templates.value = undefined;
  deliveries.value = [];
  await loadAll();
}

export async function loadTemplates(): Promise<void> {
  if (worker !== undefined) templates.value = await worker.templates(from.peek());
}

/** Every call of the person's: one at a time, with what came of it in words. */
export async function asked(work: (worker: Worker) => Promise<unknown>): Promise<void> {
  if (worker === undefined || busy.peek()) return;
  busy.value = true;
  answer.value = undefined;
  try {
    await work(worker);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer.value = { kind: "bad", words: error.message, refusal: error };
    if (error.status === 401) link.value = "refused";
  } finally {
    busy.value = false;
    sending.value = false;
  }
}

export function openTemplate(template: KnownTemplate): void {
  const title = `${template.name} (${template.language})`;
  changingTemplate(() => openText(title, `${JSON.stringify(template, null, 2)}\n`));
}

export function createTemplate(): Promise<void> {
  return asked(async (worker) => {
    const definition = text.peek();
    const created = await worker.create(from.peek(), definition);
    answer.value = {
      kind: "good",
      words: `Created at Meta${created.status ? `: ${created.status.toLowerCase()}` : ""}.`,
    };
    await loadTemplates();
    void followReview();
  });
}

/** Meta reviews some templates within seconds; others take a day, and opening the list asks again. */
async function followReview(): Promise<void> {
  for (let looks = 0; looks < REVIEW_LOOKS && atMeta.peek()?.status !== "APPROVED"; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS / 2));
    try {
      await loadTemplates();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

export const canCreate = computed(
  () =>
    link.value === "ready" &&
    definitionReport.value.ok &&
    templates.value !== undefined &&
    atMeta.value === undefined &&
    !busy.value,
);

/** The key of a message whose POST got no answer: the same message is asked again under it, so it is never sent twice. */
let unanswered: { content: string; key: string } | undefined;

export function send(): Promise<void> {
  return asked(async (worker) => {
    const { template } = compiled.peek();
    if (template === undefined) return;
    const message = outgoing.peek();
    const envelope = { name: template.name, language: template.language };
    const content = JSON.stringify([from.peek(), envelope, message]);
    const key = unanswered?.content === content ? unanswered.key : crypto.randomUUID();
    unanswered = { content, key };
    sending.value = true;
    const result = await answered(() => worker.send(from.peek(), envelope, { ...message, key }));
    if (result.id === undefined) {
      const refusal = new Refusal(
        "the Worker's preflight refused the message; nothing was sent",
        422,
        result.diagnostics,
      );
      answer.value = { kind: "bad", words: refusal.message, refusal };
      return;
    }
    openDelivery.value = result.id;
    await watch(result.id);
  });
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    unanswered = undefined;
    return result;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A refusal with a status is an answer; without one nobody knows.
    if (error.status === undefined || error.status >= 500) {
      const words = `${error.message}; nobody knows whether it took the message. Send it again: the same message is taken only once`;
      throw new Refusal(words, error.status, error.diagnostics);
    }
    unanswered = undefined;
    throw error;
  }
}

export function act(id: string, action: "cancel" | "resend" | "close"): Promise<void> {
  return asked(async (worker) => {
    keep(await worker.act(id, action));
    await watch(id);
  });
}

async function loadDeliveries(): Promise<void> {
  if (worker === undefined) return;
  deliveries.value = await worker.newest(from.peek(), LISTED);
  for (const { id, settled } of deliveries.peek()) if (!settled) void watch(id);
}

export async function show(id: string | undefined): Promise<void> {
  openDelivery.value = id;
  if (id === undefined || (await watch(id)) || openDelivery.peek() !== id) return;
  const known = deliveries.peek().find((delivery) => delivery.id === id);
  if (known !== undefined && hasTimeline(known)) return;
  openDelivery.value = undefined;
  answer.value = {
    kind: "bad",
    words: "The Worker did not say what became of this delivery. Open it again to ask again.",
  };
}

const watched = new Set<string>();

/** Looks once at a delivery, and then again and again until nothing more is to be expected. Says whether it saw it. */
async function watch(id: string): Promise<boolean> {
  const known = await look(id);
  if (known === undefined || watched.has(id) || isDone(known)) return known !== undefined;
  watched.add(id);
  void follow(id, known).finally(() => watched.delete(id));
  return true;
}

async function follow(id: string, first: Delivery): Promise<void> {
  let last = first;
  while (!isDone(last)) {
    const quiet = Date.now() - last.updatedAt;
    await new Promise((resolve) => setTimeout(resolve, last.settled || quiet > 60_000 ? SLOW_MS : FAST_MS));
    // A lost look is tried again; the delivery goes on without us.
    last = (await look(id)) ?? last;
    if (link.peek() !== "ready") return;
  }
}

function isDone({ state, settled, updatedAt }: Delivery): boolean {
  return state === "read" || (settled && Date.now() - updatedAt > LINGER_MS);
}

async function look(id: string): Promise<Delivery | undefined> {
  try {
    const delivery = await worker?.read(id);
    if (delivery !== undefined) keep(delivery);
    return delivery;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) link.value = "refused";
    return undefined;
  }
}

function keep(delivery: Delivery): void {
  // Another sender's may still be on its way when one changes to this one.
  if (delivery.from !== from.peek()) return;
  const before = deliveries.peek();
  const index = before.findIndex(({ id }) => id === delivery.id);
  deliveries.value = index === -1 ? [delivery, ...before] : before.with(index, delivery);
}

export function hasTimeline(delivery: DeliveryOverview | Delivery): delivery is Delivery {
  return isObject(delivery) && Array.isArray(delivery.timeline);
}
