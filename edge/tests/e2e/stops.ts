/** The test's side of stallable-worker.ts: where the Worker is to stand still. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Holds the Worker at one place: its request is simply not answered. */
export class Stops {
  readonly #server: Server;
  #held: string | undefined;
  #reached: (() => void) | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (request.url === `/${this.#held}`) this.#reached?.();
      else response.end();
    });
  }

  static async open(): Promise<Stops> {
    const stops = new Stops();
    await new Promise<void>((resolve) => stops.#server.listen(0, "127.0.0.1", resolve));
    return stops;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when the Worker stands there. */
  hold(place: string): Promise<void> {
    this.#held = place;
    return new Promise((resolve) => {
      this.#reached = resolve;
    });
  }

  release(): void {
    this.#held = undefined;
    this.#server.closeAllConnections();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
