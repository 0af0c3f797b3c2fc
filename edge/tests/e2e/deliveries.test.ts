/** Deliveries from the API to their last status: real Worker, real sandbox, real HTTP. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SEEDS as seeds } from "../../../sandbox/src/seeds.ts";
import { eventually, numberOf, order, type Result, Stack } from "./stack.ts";

const SEEDS = seeds as Record<string, unknown>[];

type Fault = Parameters<Stack["sandbox"]["setFault"]>[0];

let stack: Stack;
let next = 0;
const fresh = (values: object = {}) => order((next += 1), values);

before(async () => {
  stack = await Stack.start({
    vars: { GRAPH_TIMEOUT_MS: 1_500, SENDING_GRACE_MS: 1_000, TRANSPORT_ERRORS: 1_000, PAIR_BURST: 2 },
  });
});
after(() => stack.close());

async function queued(message: object, envelope: object = {}): Promise<string> {
  const [result] = await stack.submit([message], envelope);
  assert.equal(result?.state, "queued", JSON.stringify(result));
  return result.id ?? "";
}

test("one delivery goes from the API to read, and its timeline tells how", async () => {
  const message = fresh();
  const id = await queued(message, { campaign: "autumn" });
  const shown = await stack.until(id, ["read"]);
  assert.equal(shown.settled, true);
  assert.equal(shown.attempts, 1);
  assert.equal(stack.accepts(message.to), 1);
  assert.deepEqual(new Set(shown.statuses.map(({ status }) => status)), new Set(["sent", "delivered", "read"]));
  const events = shown.timeline.map(({ event }) => event);
  assert.deepEqual(events.filter((event) => event !== "leased").slice(0, 3), ["submitted", "start", "finished"]);
  assert.equal(shown.raw.filter(({ source }) => source === "answer").length, 1);
  assert.equal(shown.raw.filter(({ source }) => source === "webhook").length, 3);
});

test("accepted is not delivered: without a webhook it stays accepted", async () => {
  const message = fresh();
  stack.sandbox.setFault({ kind: "webhook_none", match: { to: message.to } });
  const id = await queued(message);
  await stack.until(id, ["accepted"]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal((await stack.read(id)).state, "accepted");
});

describe("every class of answer", () => {
  const cases: { name: string; fault: object; state: string; outcome: string; posts: number }[] = [
    {
      name: "invalid",
      fault: { kind: "error", params: { code: 131009 } },
      state: "failed",
      outcome: "invalid",
      posts: 1,
    },
    {
      name: "template",
      fault: { kind: "error", params: { code: 132016 } },
      state: "failed",
      outcome: "template",
      posts: 1,
    },
    {
      name: "recipient",
      fault: { kind: "error", params: { code: 131026 } },
      state: "failed",
      outcome: "recipient",
      posts: 1,
    },
    {
      name: "recipient_wait",
      fault: { kind: "error", params: { code: 131049 } },
      state: "failed",
      outcome: "recipient_wait",
      posts: 1,
    },
    {
      name: "account",
      fault: { kind: "error", params: { code: 131031 } },
      state: "blocked",
      outcome: "account",
      posts: 1,
    },
    { name: "held", fault: { kind: "held" }, state: "held", outcome: "accepted", posts: 1 },
    { name: "unknown: a 5xx page", fault: { kind: "html_5xx" }, state: "unknown", outcome: "unknown", posts: 1 },
    { name: "unknown: broken JSON", fault: { kind: "truncated_json" }, state: "unknown", outcome: "unknown", posts: 1 },
    { name: "unknown: an empty 200", fault: { kind: "empty_2xx" }, state: "unknown", outcome: "unknown", posts: 1 },
    {
      name: "unknown: a 200 without an id",
      fault: { kind: "no_id_2xx" },
      state: "unknown",
      outcome: "unknown",
      posts: 1,
    },
    { name: "unknown: a redirect", fault: { kind: "redirect" }, state: "unknown", outcome: "unknown", posts: 1 },
    {
      name: "unknown: reset before reading",
      fault: { kind: "reset_before_read" },
      state: "unknown",
      outcome: "unknown",
      posts: 1,
    },
  ];
  for (const { name, fault, state, outcome, posts } of cases) {
    test(name, async () => {
      const message = fresh();
      stack.sandbox.setFault({ ...fault, match: { to: message.to } } as Fault);
      stack.sandbox.setFault({ kind: "webhook_none", match: { to: message.to } });
      // While the account is refused, so is the GET that looks whether it still is.
      if (outcome === "account") stack.sandbox.setFault({ ...fault, match: { route: "probe" } } as Fault);
      const id = await queued(message);
      const shown = await stack.until(id, [state]);
      assert.ok(shown.reason, "a state has a reason");
      assert.ok(shown.action, "a stuck or settled state has an action");
      assert.ok(
        shown.raw.some(({ source }) => source === "answer"),
        "the answer is kept as evidence",
      );
      // Longer than any nudge: nothing is sent a second time.
      await new Promise((resolve) => setTimeout(resolve, 800));
      assert.equal(stack.posts(message.to), posts, `class ${outcome} is POSTed ${posts} time(s)`);
      assert.equal((await stack.read(id)).state, state);
      stack.sandbox.clearFaults();
    });
  }

  test("throttled: waits no shorter than it is told, then sends", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "retry_after", times: 1, match: { to: message.to }, params: { value: "2" } });
    const submittedAt = Date.now();
    const id = await queued(message);
    const shown = await stack.until(id, ["read"], 20_000);
    assert.ok(Date.now() - submittedAt >= 2_000, "not before Retry-After");
    assert.equal(shown.attempts, 2);
    assert.equal(stack.accepts(message.to), 1);
  });
});

describe("answers that get lost", () => {
  for (const kind of ["hang_after_accept", "reset_after_accept", "reset_mid_body"] as const) {
    test(`${kind}: unknown, never POSTed again, found by its webhook`, async () => {
      const message = fresh();
      stack.sandbox.setFault({ kind, match: { to: message.to } });
      stack.sandbox.setFault({ kind: "webhook_delay", match: { to: message.to }, params: { ms: 3_500 } });
      const id = await queued(message);
      await stack.until(id, ["unknown"]);
      const shown = await stack.until(id, ["read"], 20_000);
      assert.equal(stack.posts(message.to), 1);
      assert.equal(stack.accepts(message.to), 1);
      assert.equal(shown.wamids.length, 1, "the webhook told the message's id");
    });
  }

  test("without a webhook it needs attention by its deadline, and is not POSTed again", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "reset_after_accept", match: { to: message.to } });
    stack.sandbox.setFault({ kind: "webhook_none", match: { to: message.to } });
    const id = await queued(message, { expiresAt: Date.now() + 3_000 });
    const shown = await stack.until(id, ["needs_attention"], 20_000);
    assert.ok(shown.action);
    assert.equal(stack.posts(message.to), 1);
  });
});

describe("webhooks", () => {
  test("before the POST's own answer", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "webhook_before_answer", match: { to: message.to } });
    const shown = await stack.until(await queued(message), ["read"]);
    assert.equal(shown.wamids.length, 1);
  });

  test("twice and out of order", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "webhook_out_of_order", match: { to: message.to } });
    const shown = await stack.until(await queued(message), ["read"]);
    await stack.sandbox.settled();
    const again = fresh();
    stack.sandbox.setFault({ kind: "webhook_duplicate", match: { to: again.to } });
    const twice = await stack.until(await queued(again), ["read"]);
    await stack.sandbox.settled();
    assert.equal((await stack.read(shown.id)).statuses.length, 3);
    assert.equal((await stack.read(twice.id)).statuses.length, 3);
  });

  test("without our callback id: joined by the message's id", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "webhook_no_callback_data", match: { to: message.to } });
    await stack.until(await queued(message), ["read"]);
  });

  test("failed", async () => {
    const message = fresh();
    stack.sandbox.setFault({ kind: "webhook_failed", match: { to: message.to }, params: { code: 131026 } });
    const shown = await stack.until(await queued(message), ["failed"]);
    assert.equal(shown.code, 131026);
    assert.ok(shown.action);
    assert.equal(stack.posts(message.to), 1);
  });
});

describe("keys", () => {
  test("a hundred submissions of one key at once are one message", async () => {
    const message = fresh();
    const results = (await Promise.all(Array.from({ length: 100 }, () => stack.submit([message])))).flat();
    assert.equal(new Set(results.map(({ id }) => id)).size, 1);
    assert.equal(results.filter(({ state }) => state === "queued").length, 1);
    await stack.until(results[0]?.id ?? "", ["read"]);
    assert.equal(stack.posts(message.to), 1);
  });

  test("another message under a known key is a conflict, and nothing of that request is queued", async () => {
    const message = fresh();
    await queued(message);
    const bystander = fresh();
    const answer = await stack.call("POST", "/v1/deliveries", {
      ...stack.envelope(),
      messages: [bystander, { ...message, values: { ...message.values, "body.1": "Eve" } }],
    });
    assert.equal(answer.status, 409);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(stack.posts(bystander.to), 0);
    assert.equal(await queued(bystander).then((id) => id.length), 34);
  });
});

test("never more than six POSTs are under way, and all of many arrive", async () => {
  stack.sandbox.setFault({ kind: "delay", params: { ms: 60 }, times: 60 });
  const messages = Array.from({ length: 60 }, () => fresh());
  const results = await stack.submit(messages);
  for (const { id } of results) await stack.until(id ?? "", ["read"], 30_000);
  for (const { to } of messages) assert.equal(stack.accepts(to), 1);
  assert.ok(stack.sandbox.ledger.maxInFlight <= 6, `${stack.sandbox.ledger.maxInFlight} were in flight at once`);
  assert.ok(stack.sandbox.ledger.maxInFlight > 1, "they are sent side by side");
});

test("NDJSON: the envelope first, a message a line", async () => {
  const messages = [fresh(), fresh()];
  const lines = [stack.envelope(), ...messages].map((line) => JSON.stringify(line)).join("\n");
  const answer = await stack.call<{ results: Result[] }>("POST", "/v1/deliveries", lines, {
    "content-type": "application/x-ndjson",
  });
  assert.equal(answer.status, 202);
  for (const { id } of answer.body.results) await stack.until(id ?? "", ["read"]);
});

test("a person may resend what is unknown, once, and that is written down", async () => {
  const message = fresh();
  stack.sandbox.setFault({ kind: "reset_before_read", times: 1, match: { to: message.to } });
  const id = await queued(message);
  await stack.until(id, ["unknown"]);
  const answer = await stack.call("POST", `/v1/deliveries/${id}/resend`);
  assert.equal(answer.status, 200);
  const shown = await stack.until(id, ["read"]);
  assert.equal(stack.accepts(message.to), 1);
  assert.ok(shown.timeline.some(({ event }) => event === "resend"));
});

test("cancel wins before the start, and is too late after it", async () => {
  const later = fresh();
  const id = await queued(later, { sendAt: Date.now() + 60_000 });
  const answer = await stack.call<{ state: string }>("POST", `/v1/deliveries/${id}/cancel`);
  assert.equal(answer.status, 200);
  assert.equal(answer.body.state, "cancelled");
  const sent = await queued(fresh());
  await stack.until(sent, ["read"]);
  assert.equal((await stack.call("POST", `/v1/deliveries/${sent}/cancel`)).status, 409);
  assert.equal(stack.posts(later.to), 0);
});

describe("bad messages are refused before anything is sent", () => {
  const orderShipped = (change: object, values: object = {}) => ({ ...order(0, values), ...change });
  const cases: { name: string; message: object; template?: { name: string; language: string } }[] = [
    { name: "a body parameter is missing", message: orderShipped({ values: { "body.1": "Ana", "buttons.0": "A" } }) },
    {
      name: "a header parameter is missing",
      template: { name: "header_text_named", language: "en_GB" },
      message: orderShipped({ values: { "body.guest": "Ana", "body.hour": "ten" } }),
    },
    {
      name: "the URL button's parameter is missing",
      message: orderShipped({ values: { "body.1": "Ana", "body.2": "A" } }),
    },
    {
      name: "the header's image is missing",
      template: { name: "spring_sale", language: "en" },
      message: orderShipped({ values: { "body.first_name": "Ana", "body.department": "chairs" } }),
    },
    { name: "a newline in a value", message: orderShipped({}, { "body.1": "Ana\nMaria" }) },
    { name: "a tab in a value", message: orderShipped({}, { "body.1": "Ana\tMaria" }) },
    { name: "five spaces in a value", message: orderShipped({}, { "body.1": "Ana     Maria" }) },
    { name: "an empty value", message: orderShipped({}, { "body.1": "" }) },
    { name: "a malformed number", message: orderShipped({ to: "+1 (650) CALL-ME" }) },
    { name: "no recipient", message: orderShipped({ to: undefined }) },
    { name: "a value of the wrong type", message: orderShipped({}, { "body.1": ["Ana"] }) },
    { name: "an unknown parameter", message: orderShipped({}, { "body.9": "?" }) },
    { name: "a lone surrogate in a value", message: orderShipped({}, { "body.1": "Ana \ud800" }) },
    { name: "a value of a megabyte", message: orderShipped({}, { "body.1": "x".repeat(1_000_000) }) },
  ];
  for (const [index, { name, message, template }] of cases.entries()) {
    test(name, async () => {
      const before = stack.sandbox.ledger.requests.filter(({ method }) => method === "POST").length;
      const [result] = await stack.submit(
        [{ ...message, key: `bad-${index}` }],
        template === undefined ? {} : { template },
      );
      assert.equal(result?.state, "rejected", JSON.stringify(result));
      assert.ok(result.diagnostics?.some(({ severity }) => severity === "error"));
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(stack.sandbox.ledger.requests.filter(({ method }) => method === "POST").length, before);
    });
  }

  test("an unknown template is a problem for the whole request", async () => {
    const answer = await stack.call("POST", "/v1/deliveries", {
      ...stack.envelope(),
      template: { name: "order_shipped", language: "sw" },
      messages: [order(0)],
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
  });

  test("a bad message does not touch the good one beside it", async () => {
    const good = fresh();
    const results = await stack.submit([good, { ...order(0, { "body.1": "a\nb" }), key: "bad-beside" }]);
    assert.deepEqual(
      results.map(({ state }) => state),
      ["queued", "rejected"],
    );
    await stack.until(results[0]?.id ?? "", ["read"]);
  });
});

describe("refusals that only Meta can know give their class", () => {
  const original = () => structuredClone(stack.sandbox.config);

  async function refused(change: object, states: string[], template?: { name: string; language: string }) {
    const before = original();
    const message = { ...fresh(), ...(template !== undefined && { values: { "body.1": "Ana" } }) };
    stack.sandbox.configure(change);
    try {
      const shown = await stack.until(await queued(message, template === undefined ? {} : { template }), states);
      assert.ok(shown.action);
      return { shown, message };
    } finally {
      stack.sandbox.configure({
        token: before.token,
        allowedRecipients: before.allowedRecipients,
        pairLimit: before.pairLimit,
      });
    }
  }

  test("131030: the recipient is not on the allow list", async () => {
    const { shown } = await refused({ allowedRecipients: ["+15550000001"] }, ["failed", "blocked"]);
    assert.equal(shown.code, 131030);
  });

  test("190: the token is no good; the delivery waits for a person, and goes on when released", async () => {
    const { shown, message } = await refused({ token: "another-token" }, ["blocked"]);
    assert.equal(shown.code, 190);
    assert.equal((await stack.call("POST", `/v1/deliveries/${shown.id}/release`)).status, 200);
    await stack.until(shown.id, ["read"]);
    assert.equal(stack.accepts(message.to), 1);
  });

  test("131056: too many to one recipient; it waits", async () => {
    const to = numberOf(910_000);
    stack.sandbox.configure({ pairLimit: { burst: 1, everyMs: 600_000 } });
    try {
      await stack.until(await queued({ ...fresh(), to }), ["read"]);
      const id = await queued({ ...fresh(), to });
      const shown = await eventually("the refusal to be stored", 5_000, async () => {
        const value = await stack.read(id);
        return { done: value.reason === "throttled", value };
      });
      assert.equal(shown.state, "queued");
      assert.equal(stack.accepts(to), 1);
    } finally {
      stack.sandbox.configure({ pairLimit: null });
    }
  });

  /** Changes a template's status at Meta without a word to the Worker. */
  function silently(name: string, status: string): void {
    stack.sandbox.setTemplates(SEEDS.map((seed) => (seed["name"] === name ? { ...seed, status } : seed)));
  }

  test("132015: the template was paused meanwhile; it waits", async () => {
    const template = { name: "coupon_drop", language: "en_US" };
    const values = { "body.1": "Ana", "body.2": "15 %", "buttons.0": "SAVE15" };
    await stack.until(await queued({ ...fresh(), values }, { template }), ["read"]);
    silently("coupon_drop", "PAUSED");
    try {
      const message = { ...fresh(), values };
      const id = await queued(message, { template });
      const shown = await eventually("the refusal to be stored", 5_000, async () => {
        const value = await stack.read(id);
        return { done: value.attempts === 1 && value.state !== "sending", value };
      });
      assert.equal(shown.state, "queued");
      assert.equal(shown.code, 132015);
      assert.equal(stack.accepts(message.to), 0);
    } finally {
      stack.sandbox.setTemplates(SEEDS);
    }
  });

  test("132016: the template was disabled meanwhile; it is refused for good", async () => {
    const template = { name: "hello_static", language: "en_US" };
    await stack.until(await queued({ ...fresh(), values: {} }, { template }), ["read"]);
    silently("hello_static", "DISABLED");
    try {
      const id = await queued({ ...fresh(), values: {} }, { template });
      assert.equal((await stack.until(id, ["failed"])).code, 132016);
    } finally {
      stack.sandbox.setTemplates(SEEDS);
    }
  });

  test("what is known to be paused or disabled is not even sent", async () => {
    for (const [name, values] of [
      ["winter_sale_paused", { "body.1": "Ana" }],
      ["old_newsletter_disabled", {}],
    ] as const) {
      const message = { ...fresh(), values };
      const [result] = await stack.submit([message], { template: { name, language: "en" } });
      assert.equal(result?.state, "rejected");
      assert.equal(stack.posts(message.to), 0);
    }
  });
});

test("a pause that a webhook tells holds what is queued, and its end lets it go", async () => {
  const template = { name: "header_text_named", language: "en_GB" };
  const values = { "header.weekday": "Tuesday", "body.guest": "Ana", "body.hour": "ten" };
  const message = { ...fresh(), values };
  const id = await queued(message, { template, sendAt: Date.now() + 1_500 });
  await stack.sandbox.setTemplateStatus("header_text_named", "en_GB", "PAUSED");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.equal((await stack.read(id)).state, "queued");
  assert.equal(stack.posts(message.to), 0);
  await stack.sandbox.setTemplateStatus("header_text_named", "en_GB", "APPROVED");
  await stack.until(id, ["read"], 15_000);
});

test("a template that changes at Meta is judged again before the next start", async () => {
  const message = fresh();
  const id = await queued(message, { sendAt: Date.now() + 2_500 });
  const changed = SEEDS.map((template) =>
    template["name"] === "order_shipped" && template["language"] === "en_US"
      ? {
          ...template,
          components: [
            {
              type: "BODY",
              text: "Hi {{1}}, your order {{2}} of {{3}} is on its way to you now.",
              example: { body_text: [["a", "b", "c"]] },
            },
          ],
        }
      : template,
  );
  try {
    stack.sandbox.setTemplates(changed);
    await stack.sandbox.setTemplateStatus("order_shipped", "en_US", "APPROVED");
    const shown = await stack.until(id, ["rejected"], 20_000);
    assert.ok(shown.action);
    assert.equal(stack.posts(message.to), 0);
  } finally {
    stack.sandbox.setTemplates(SEEDS);
    await stack.sandbox.setTemplateStatus("order_shipped", "en_US", "APPROVED");
  }
  await eventually("the old definition to be known again", 5_000, async () => {
    const [result] = await stack.submit([fresh()]);
    return { done: result?.state === "queued", value: result };
  });
});
