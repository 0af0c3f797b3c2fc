/** Submits messages in waves as fast as they are sent, whatever becomes of the Worker meanwhile, and reads them all back. */

import { KEY, type Result, type Shown, type Stack } from "../e2e/stack.ts";
import { digits, type Ours, type Submitted } from "./compare.ts";

const READERS = 8;

export class Feed {
  readonly #stack: Stack;
  readonly #authorization: string;
  readonly #lifeMs: number;
  readonly submitted: Submitted[] = [];
  readonly ids = new Set<string>();
  lastDeadline = 0;

  constructor(stack: Stack, lifeMs: number, key = KEY) {
    this.#stack = stack;
    this.#lifeMs = lifeMs;
    this.#authorization = `Bearer ${key}`;
  }

  /** Goes on until the Worker has said what it made of each message; the keys make that safe. */
  async submit(messages: Submitted[]): Promise<void> {
    const expiresAt = Date.now() + this.#lifeMs;
    this.lastDeadline = Math.max(this.lastDeadline, expiresAt);
    this.submitted.push(...messages.map(({ key, to }) => ({ key, to })));
    const body = { ...this.#stack.envelope(), expiresAt, messages };
    for (;;) {
      try {
        const answer = await this.#call<{ results: Result[] }>("POST", "/v1/deliveries", body);
        if (answer.status === 202) {
          for (const { key, id, state } of answer.body.results) {
            if (id === undefined) throw new TypeError(`${key} was ${state}`);
            this.ids.add(id);
          }
          return;
        }
        if (answer.status < 500) throw new TypeError(`${answer.status}: ${JSON.stringify(answer.body)}`);
      } catch (error) {
        // The Worker is down: undici says so with a TypeError that has a cause; anything else is a mistake of the test.
        if (!(error instanceof TypeError && error.cause !== undefined) && !(error instanceof SyntaxError)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** How many have never reached the sandbox. */
  waiting(): number {
    const seen = new Set(this.#stack.sandbox.ledger.requests.map(({ to }) => digits(to ?? "")));
    return this.submitted.filter(({ to }) => !seen.has(digits(to))).length;
  }

  /** Every delivery that the pages of the list show, and every one whose id was answered, each with its timeline. */
  async read(): Promise<Ours[]> {
    const ids = new Set(this.ids);
    for (const id of await this.#listed()) ids.add(id);
    const rows: Ours[] = [];
    const waiting = ids.values();
    const reader = async (): Promise<void> => {
      for (const id of waiting) {
        const { status, body } = await this.#call<Shown>("GET", `/v1/deliveries/${id}`);
        if (status === 200) rows.push(body as unknown as Ours);
        else if (status !== 404) throw new Error(`${id}: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    return rows;
  }

  async #listed(): Promise<string[]> {
    const ids: string[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? "" : `&cursor=${next}`;
      const page = await this.#call<{ deliveries: { id: string }[]; next?: string }>(
        "GET",
        `/v1/deliveries?limit=200${cursor}`,
      );
      if (page.status !== 200) throw new Error(`the list was answered with ${page.status}`);
      ids.push(...page.body.deliveries.map(({ id }) => id));
      next = page.body.next;
    } while (next !== undefined);
    return ids;
  }

  #call<T>(method: string, path: string, body?: object) {
    return this.#stack.call<T>(method, path, body, { authorization: this.#authorization });
  }
}
