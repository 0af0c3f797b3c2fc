/** The gate's state within a transaction: loaded once, asked as often as needed, stored once. */

import type { Address, Notice } from "./types.ts";
import type { GateCommand, Gated, GateEvent, GateSettings, GateState, GateVerdict, Candidate } from "./gate-types.ts";
import { gate } from "./machine.ts";
import type { Echo, Shared } from "./store/shared.ts";
import type { Sheet } from "./store/sheet.ts";

/** What the gate wants done that is not its own tables'. */
export interface Office {
  note(notice: Notice): void;
  alert(kind: string, code?: number): void;
  /** Who the sender's other shards must know of. */
  echo(entry: Echo): void;
}

const NOTHING_KNOWN: GateState = { templates: {}, campaigns: {}, webhooks: { accepts: 0, silent: false } };

export class Gatekeeper {
  readonly #sheet: Sheet;
  readonly #shared: Shared;
  readonly #office: Office;
  readonly #settings: (address: Address | undefined) => GateSettings;
  readonly #address: () => Address | undefined;

  constructor(
    sheet: Sheet,
    shared: Shared,
    office: Office,
    address: () => Address | undefined,
    settings: (address: Address | undefined) => GateSettings,
  ) {
    this.#sheet = sheet;
    this.#shared = shared;
    this.#office = office;
    this.#address = address;
    this.#settings = settings;
  }

  /** Tells it something, and carries out what it wants. */
  tell(event: GateEvent, now: number): Gated {
    const before = this.#sheet.gate();
    const answer = this.#ask(before, event, now);
    const state = JSON.stringify(answer.state);
    if (state !== before) this.#sheet.setGate(state);
    for (const { pair, pairAt } of answer.pairs ?? []) this.#shared.setPair(pair, pairAt);
    for (const command of answer.commands) this.#carryOut(command, now);
    return answer;
  }

  /** One verdict for each row, in their order. */
  verdicts(rows: Candidate[], now: number): GateVerdict[] {
    if (rows.length === 0) return [];
    const { verdicts = [] } = this.tell({ type: "start", rows }, now);
    rows.forEach(({ pair }, index) => {
      const verdict = verdicts[index];
      if (verdict?.verdict === "go") this.#shared.setPair(pair, verdict.pairAt);
    });
    return verdicts;
  }

  /** What could be leased now, and when to look again. Changes nothing. */
  look(now: number): Gated {
    return this.#ask(this.#sheet.gate(), { type: "look" }, now);
  }

  state(): GateState {
    return { ...NOTHING_KNOWN, ...(JSON.parse(this.#sheet.gate()) as GateState | null) };
  }

  #ask(state: string, event: GateEvent, now: number) {
    return gate(state, event, this.#settings(this.#address()), now);
  }

  #carryOut(command: GateCommand, now: number): void {
    switch (command.do) {
      case "alert": {
        const { kind, name, code, message, action } = command;
        const note = `${name === undefined ? "" : `${name}: `}${message}. What to do: ${action}`;
        this.#office.note({ at: now, event: "alert", reason: kind, ...(code !== undefined && { code }), note });
        return this.#office.alert(kind, code);
      }
      case "alert_silence":
        this.#office.note({
          at: now,
          event: "alert",
          reason: "silence",
          note: `${command.message}. What to do: ${command.action}`,
        });
        return this.#office.alert("silence");
      case "all_clear": {
        const { kind = "silence", name } = command;
        return this.#office.note({
          at: now,
          event: "all_clear",
          reason: kind,
          ...(name !== undefined && { note: name }),
        });
      }
      case "suppress": {
        const { pair, until, code } = command;
        this.#shared.suppress({ recipient: pair, until, code, at: now });
        if (pair !== "") this.#office.echo({ recipient: pair, until, code });
        // Whose it is stands in the list, not in the order of events.
        return this.#office.note({ at: now, event: "recipient_suppressed", code });
      }
      case "release_blocked":
        return this.#shared.addSweep({ what: "release_blocked", name: "", by: "gate" });
      case "cancel_campaign":
        return this.#shared.addSweep({ what: "cancel_campaign", name: command.name, by: command.by });
      case "refuse":
        // Whoever asked is told.
        return undefined;
    }
  }
}
