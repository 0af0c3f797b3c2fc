/** The Worker with stops at the claim protocol's edges: it reports each one to the test and waits for its answer. */

import worker, { Catalogue, Ledger as RealLedger } from "../../src/worker.ts";

export { Catalogue };
export default worker;

export class Ledger extends RealLedger {
  override async submit(...args: Parameters<RealLedger["submit"]>) {
    await this.#stop("before-submit");
    const results = await super.submit(...args);
    await this.#stop("after-submit");
    return results;
  }

  override async lease(...args: Parameters<RealLedger["lease"]>) {
    await this.#stop("before-lease");
    const lease = await super.lease(...args);
    if (lease.ids.length > 0) await this.#stop("after-lease");
    return lease;
  }

  /** Outcomes and starts travel together: a stop at either holds both. */
  override async turn(...args: Parameters<RealLedger["turn"]>) {
    const [finishes, ids] = args;
    if (finishes.length > 0) await this.#stop("before-finish");
    if (ids.length > 0) await this.#stop("before-start");
    const claim = await super.turn(...args);
    if (finishes.length > 0) await this.#stop("after-finish");
    if (ids.length > 0) await this.#stop("after-start");
    return claim;
  }

  override async finish(...args: Parameters<RealLedger["finish"]>) {
    await this.#stop("before-finish");
    await super.finish(...args);
    await this.#stop("after-finish");
  }

  async #stop(place: string): Promise<void> {
    const { STOPS } = this.env as unknown as { STOPS: string };
    await fetch(`${STOPS}/${place}`);
  }
}
