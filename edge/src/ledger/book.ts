/**
 * One transaction's view of the ledger: rows go through `step`, what they share goes through `gate`, and what both answer
 * is stored together. Decides nothing by itself.
 */

import { isSealed } from "../delivery/secrets.ts";
import { type Env, gateSettingsOf } from "../env.ts";
import { describe, log } from "../log.ts";
import { type Counters, Controls } from "./controls.ts";
import { gate, step } from "./machine.ts";
import { campaignName } from "./migrations.ts";
import { type Row, Store } from "./store.ts";
import type { Command, Delivery, Event, Gated, GateCommand, GateEvent } from "./types.ts";

export class Book {
  readonly store: Store;
  readonly controls: Controls;
  readonly #env: Env;
  readonly #storage: DurableObjectStorage;
  #settings: string | undefined;
  /** The gate as this transaction has it; stored once, at its end. */
  #gate: { state: string; wakeAt: number | null; counters: Counters; changed: boolean } | undefined;

  constructor(storage: DurableObjectStorage, env: Env) {
    this.#storage = storage;
    this.#env = env;
    this.store = new Store(storage.sql);
    this.controls = new Controls(storage.sql);
  }

  /** Runs `work` and stores all of it, or nothing. */
  transact<T>(work: () => T): T {
    this.#gate = undefined;
    try {
      return this.#storage.transactionSync(() => {
        const result = work();
        const gate = this.#gate;
        if (gate?.changed) this.controls.setGate(gate.state, gate.wakeAt, gate.counters);
        return result;
      });
    } finally {
      this.#gate = undefined;
    }
  }

  /** One event of one row: judged by the machine, stored, its records appended. */
  apply(row: Row, event: Event, now: number): Command[] {
    const before = row.delivery;
    const known = new Set(before.wamids);
    const { delivery, commands } = step(before, event, now);
    const newWamids = delivery.wamids.filter((wamid) => !known.has(wamid));
    row.delivery = delivery;
    this.store.update(delivery, newWamids);
    this.carryOut(delivery, commands);
    this.#eraseCode(row);
    if (before.state !== "needs_attention" && delivery.state === "needs_attention")
      this.count("silent_failure_avoided");
    if (event.type === "tick" && before.state === "sending" && delivery.state === "unknown")
      this.tell({ type: "timed_out", id: delivery.id }, now);
    for (const wamid of newWamids)
      for (const waiting of this.store.adopt(wamid, delivery.id))
        this.report(row, JSON.parse(waiting) as Event & { type: "status" }, now);
    return commands;
  }

  /** A status of this row: its failure concerns others, too, also when it came before anybody knew whose it is. */
  report(row: Row, event: Event & { type: "status" }, now: number): void {
    this.apply(row, event, now);
    const { status, code, details } = event;
    if (status !== "failed") return;
    const said = { ...(code !== undefined && { code }), ...(details !== undefined && { details }) };
    const { category } = row.delivery;
    const pair = row.recipient ?? "";
    this.tell({ type: "reported", pair, template: this.templateOf(row), category, status, ...said }, now);
  }

  /** What the machine wants beside the row; the gate has heard of the rest from the event itself. */
  carryOut(delivery: Delivery, commands: Command[]): void {
    for (const command of commands) if (command.do === "record") this.store.record(delivery.id, command.entry);
  }

  /** One event of what deliveries share. */
  tell(event: GateEvent, now: number): Gated {
    const own = this.#loaded();
    const answer = gate(own.state, event, this.#gateSettings(), now);
    own.state = JSON.stringify(answer.state);
    own.wakeAt = answer.wakeAt;
    own.changed = true;
    for (const { pair, pairAt } of answer.pairs ?? []) this.controls.setPair(pair, pairAt);
    for (const command of answer.commands) this.#obey(command, now);
    return answer;
  }

  /** What the gate would say, without anything being changed. */
  ask(event: GateEvent, now: number): Gated {
    return gate(this.#gate?.state ?? this.controls.gate().state, event, this.#gateSettings(), now);
  }

  /** Counts something that happened, once. Names of Meta's own (statuses) are not ours to choose: odd ones are one. */
  count(name: string): void {
    const own = this.#loaded();
    const known = /^[a-z][a-z_]{0,39}$/.test(name) ? name : "status_other";
    own.counters[known] = (own.counters[known] ?? 0) + 1;
    own.changed = true;
  }

  /** Sets aside what threw, with its reason; everything beside it goes on. */
  setAside(kind: string, raw: string, error: unknown, now: number, id?: string): void {
    const reason = describe(error);
    this.controls.setAside({ at: now, kind, reason, raw, ...(id !== undefined && { id }) });
    log("set_aside", { reason: kind, error: reason, ...(id !== undefined && { id }) });
  }

  templateOf({ name, language }: Pick<Row, "name" | "language">): string {
    return `${name}/${language}`;
  }

  campaignOf({ tenant, campaign }: Pick<Row, "tenant" | "campaign">): string | undefined {
    return campaign === null ? undefined : campaignName(tenant, campaign);
  }

  #loaded() {
    this.#gate ??= { ...this.controls.gate(), changed: false };
    return this.#gate;
  }

  #gateSettings(): string {
    this.#settings ??= JSON.stringify(gateSettingsOf(this.#env, this.store.address()?.from ?? ""));
    return this.#settings;
  }

  /** A one-time code is kept until Meta has the message, or the delivery has ended. */
  #eraseCode(row: Row): void {
    if (row.message === null || !isSealed(row.message)) return;
    if (row.delivery.wamids.length === 0 && !row.delivery.settled) return;
    const { sealed: _, ...rest } = row.message;
    row.message = rest;
    this.store.setMessage(row.delivery.id, rest);
  }

  #obey(command: GateCommand, now: number): void {
    switch (command.do) {
      case "alert":
      case "alert_silence": {
        const { do: _, ...said } = command;
        const reason = "kind" in said ? said.kind : "webhooks";
        this.count("alerts");
        this.store.record("", { at: now, event: "alert", state: "alert", ...said, reason });
        log("alert", { reason, ...("code" in said && said.code !== undefined && { code: said.code }) });
        break;
      }
      case "all_clear": {
        const reason = command.kind ?? "webhooks";
        const name = command.name === undefined ? {} : { name: command.name };
        this.store.record("", { at: now, event: "all_clear", state: "all_clear", reason, ...name });
        log("all_clear", { reason });
        break;
      }
      case "suppress": {
        const { pair, until, code } = command;
        this.controls.suppress({ recipient: pair, until, code, at: now });
        break;
      }
      case "release_blocked":
        this.controls.addChore({ kind: "release", name: "", by: "gate" });
        break;
      case "cancel_campaign":
        this.controls.addChore({ kind: "cancel", name: command.name, by: command.by });
        break;
      case "refuse":
        break;
    }
  }
}
