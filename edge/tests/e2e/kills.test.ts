/**
 * The Worker is killed at every edge of the claim protocol and restarted on the same state. The sandbox's ledger, which no
 * kill touches, is the witness: nothing is lost, and nothing is accepted twice.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, order, type Result, Stack } from "./stack.ts";
import { Stops } from "./stops.ts";

const MESSAGES_PER_KILL = 4;
/** Long enough for every restart, short enough to see deadlines pass. */
const LIFE_MS = 60_000;

const PLACES = [
  "before-submit",
  "after-submit",
  "before-lease",
  "after-lease",
  "before-start",
  "after-start",
  "during-post",
  "after-accept",
  "before-finish",
  "after-finish",
  // Once more where the window is widest.
  "after-start",
  "after-accept",
] as const;

let stack: Stack;
let stops: Stops;

before(async () => {
  stops = await Stops.open();
  stack = await Stack.start({
    entry: join(import.meta.dirname, "stallable-worker.ts"),
    vars: { STOPS: stops.url, GRAPH_TIMEOUT_MS: 1_500, SENDING_GRACE_MS: 1_000, LEASE_MS: 1_500 },
  });
});
after(async () => {
  await stack.close();
  stops.close();
});

test("twelve kills: nothing is lost, nothing is accepted twice, everything ends in a named state", async (t) => {
  const sent: { place: string; message: ReturnType<typeof order>; expiresAt: number }[] = [];
  let number = 500_000;

  for (const place of PLACES) {
    await t.test(`killed ${place}`, async () => {
      const messages = Array.from({ length: MESSAGES_PER_KILL }, () => order((number += 1)));
      const expiresAt = Date.now() + LIFE_MS;
      for (const message of messages) sent.push({ place, message, expiresAt });

      const reached = holdAt(
        place,
        messages.map(({ to }) => to),
      );
      // The answer of a submission that is killed is lost with it: whoever sent it does not know, and sends it again.
      const submitted = stack.submit(messages, { expiresAt }).catch(() => undefined);
      await reached;
      // Work that an earlier kill left behind can reach the place first; these messages must be in by then.
      if (!place.endsWith("-submit")) await submitted;
      await stack.kill();
      await submitted;
      stops.release();
      stack.sandbox.clearFaults();
      await stack.startWorker();
      const again = await stack.submit(messages, { expiresAt });
      const expected = place === "before-submit" ? "queued" : "duplicate";
      assert.deepEqual(
        again.map(({ state }) => state),
        messages.map(() => expected),
        "the keys tell what was stored",
      );
    });
  }

  const final = new Set(["read", "needs_attention", "failed", "expired"]);
  for (const { place, message, expiresAt } of sent) {
    const [result] = (await stack.submit([message], { expiresAt })) as [Result];
    assert.equal(result.state, "duplicate", `${message.key} (killed ${place}) is not lost`);
    const shown = await eventually(`${message.key} (killed ${place}) to end`, LIFE_MS + 20_000, async () => {
      const value = await stack.read(result.id ?? "");
      return { done: final.has(value.state), value };
    });
    const accepts = stack.accepts(message.to);
    assert.ok(accepts <= 1, `${message.key} (killed ${place}) was accepted ${accepts} times`);
    assert.ok(shown.reason, "it has a reason");
    assert.ok(shown.action ?? shown.state === "read", "and says what to do");
    // What Meta took, its webhooks have told by now; what it did not take, nobody may call delivered.
    assert.equal(
      shown.state === "read",
      accepts === 1,
      `${message.key} (killed ${place}) is ${shown.state} with ${accepts} accepts`,
    );
  }
  const lost = sent.filter(({ message }) => stack.posts(message.to) === 0).length;
  t.diagnostic(
    `${sent.length} messages over ${PLACES.length} kills; ${lost} were started and never left, and need attention`,
  );
});

function holdAt(place: string, recipients: string[]): Promise<void> {
  if (place !== "during-post" && place !== "after-accept") return stops.hold(place);
  const kind = place === "during-post" ? "delay" : "hang_after_accept";
  for (const to of recipients)
    stack.sandbox.setFault({ kind, match: { to }, ...(kind === "delay" && { params: { ms: 5_000 } }) });
  return eventually("a POST to be under way", 10_000, async () => {
    const count =
      place === "during-post" ? stack.sandbox.ledger.inFlight : recipients.filter((to) => stack.accepts(to) > 0).length;
    return { done: count > 0, value: undefined };
  });
}
