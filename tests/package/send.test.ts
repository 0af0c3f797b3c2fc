/** sendMessage: one POST, told apart from success; against servers that misbehave in every way, and the sandbox. */

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { PreflightError, Template } from "wa-preflight";
import { sendMessage, type SendOptions } from "wa-preflight/edge";
import { startSandbox } from "../../sandbox/src/server.ts";

const template = new Template({
  name: "hello",
  language: "en_US",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Hello {{1}}, your order is on its way.", example: { body_text: [["Ana"]] } }],
});
const message = { to: "+33612345678", values: { "body.1": "Ana" } };
const token = "EAAG-secret-token";

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Sends once to a server that answers as told; every request that it saw comes along. */
async function sendTo(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
  options: Partial<SendOptions> = {},
) {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const outcome = await sendMessage(template, message, {
      phoneNumberId: "106540352242922",
      token,
      endpoint,
      ...options,
    });
    return { outcome, requests };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

test("one POST with the exact body, and an accept", async () => {
  const accepted = {
    messaging_product: "whatsapp",
    contacts: [],
    messages: [{ id: "wamid.X", message_status: "accepted" }],
  };
  const { outcome, requests } = await sendTo(json(200, accepted));
  assert.equal(outcome.class, "accepted");
  assert.equal(outcome.messageId, "wamid.X");
  assert.equal(requests.length, 1);
  const [request] = requests;
  assert.equal(request?.method, "POST");
  assert.equal(request?.url, "/v25.0/106540352242922/messages");
  assert.equal(request?.headers.authorization, `Bearer ${token}`);
  assert.equal(request?.headers["content-type"], "application/json");
  assert.equal(request?.body, template.build(message));
});

test("version and endpoint are the caller's", async () => {
  const { requests } = await sendTo(json(200, {}), { graphVersion: "v24.0" });
  assert.equal(requests[0]?.url, "/v24.0/106540352242922/messages");
});

const meta = (code: number) => ({ error: { code, message: "no", type: "OAuthException", fbtrace_id: "A" } });

for (const [what, answer, expected] of [
  ["an accept without an id", json(200, { messaging_product: "whatsapp" }), "unknown"],
  ["an empty 200", (response: ServerResponse) => response.end(), "unknown"],
  ["half an answer", (response: ServerResponse) => response.end('{"messages":[{"id":"wam'), "unknown"],
  [
    "a redirect",
    (response: ServerResponse) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
    "unknown",
  ],
  ["a proxy's page", (response: ServerResponse) => response.writeHead(502).end("<html>bad gateway</html>"), "unknown"],
  [
    "a page without end",
    (response: ServerResponse) => void response.writeHead(502).end("x".repeat(3_000_000)),
    "unknown",
  ],
  ["a reset before the answer", (response: ServerResponse) => void response.destroy(), "unknown"],
  [
    "a reset within the answer",
    (response: ServerResponse) =>
      void response.writeHead(200, { "content-length": "500" }).write("{", () => response.destroy()),
    "unknown",
  ],
  ["a wrong token", json(401, meta(190)), "account"],
  ["a missing template", json(404, meta(132001)), "template"],
  ["a wrong count of parameters", json(400, meta(132000)), "invalid"],
  ["too many messages", json(429, meta(130429)), "throttled"],
] as const) {
  test(`${what} is ${expected}, after one POST`, async () => {
    const { outcome, requests } = await sendTo(answer);
    assert.equal(outcome.class, expected, JSON.stringify(outcome));
    if (expected === "unknown") assert.equal(outcome.resend, "only_if_unconfirmed");
    assert.equal(requests.length, 1);
    assert.ok(!JSON.stringify(outcome).includes(token));
  });
}

test("an answer that never comes is unknown after the timeout", async () => {
  const begin = Date.now();
  const { outcome, requests } = await sendTo(() => undefined, { timeoutMs: 200 });
  assert.equal(outcome.class, "unknown");
  assert.equal(requests.length, 1);
  assert.ok(Date.now() - begin < 5_000);
});

test("an answer that drips is cut by the same timeout", async () => {
  const { outcome } = await sendTo(
    (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
    { timeoutMs: 300 },
  );
  assert.equal(outcome.class, "unknown");
});

test("a refused connection is never taken for proof that nothing was sent", async () => {
  const options = { phoneNumberId: "1", token, endpoint: "http://127.0.0.1:1" };
  assert.equal((await sendMessage(template, message, options)).class, "unknown");
});

test("what preflight refuses is not sent", async () => {
  let calls = 0;
  const fetch = () => Promise.reject(new Error(`call ${(calls += 1)}`));
  const bad = { ...message, values: { "body.1": "a\nb" } };
  await assert.rejects(sendMessage(template, bad, { phoneNumberId: "1", token, fetch }), PreflightError);
  assert.equal(calls, 0);
});

test("wrong options are TypeErrors that name the option and never show the token", async () => {
  const good = { phoneNumberId: "1", token };
  for (const [name, options] of [
    ["options", undefined],
    ["phoneNumberId", { ...good, phoneNumberId: "../me" }],
    ["phoneNumberId", { token }],
    ["token", { ...good, token: "" }],
    ["token", { ...good, token: "secret\nx: y" }],
    ["graphVersion", { ...good, graphVersion: "25" }],
    ["endpoint", { ...good, endpoint: "file:///etc" }],
    ["endpoint", { ...good, endpoint: "https://graph.facebook.com?x" }],
    // fetch itself refuses it, which would look like an attempt of unknown outcome.
    ["endpoint", { ...good, endpoint: "https://user:secret@graph.facebook.com" }],
    ["fetch", { ...good, fetch: 5 }],
    ["timeoutMs", { ...good, timeoutMs: 0 }],
  ] as const) {
    await assert.rejects(sendMessage(template, message, options as never), (error) => {
      assert.ok(error instanceof TypeError, String(error));
      assert.ok(error.message.includes(`\`${name}\``), error.message);
      assert.ok(!error.message.includes("secret"));
      return true;
    });
  }
  await assert.rejects(sendMessage({} as never, message, good), /`template`/);
});

test("the sandbox accepts what was built, and refuses a wrong token as Meta does", async () => {
  const sandbox = await startSandbox({ token, phoneNumberId: "106540352242922" });
  after(() => sandbox.close());
  const definitions = (await (
    await fetch(`${sandbox.url}/v25.0/${sandbox.config.wabaId}/message_templates?name=order_shipped`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json()) as { data: { name: string }[] };
  const approved = definitions.data.find(({ name }) => name === "order_shipped");
  assert.ok(approved !== undefined, "the sandbox has a template `order_shipped`");
  const shipped = new Template(approved, { readback: true });
  const values = Object.fromEntries(
    shipped
      .parameters()
      .filter(({ required }) => required)
      .map(({ key }) => [key, "A-17"]),
  );
  const options = { phoneNumberId: "106540352242922", token, endpoint: sandbox.url };
  const accepted = await sendMessage(shipped, { to: "+33612345678", values }, options);
  assert.equal(accepted.class, "accepted", JSON.stringify(accepted));
  assert.equal(sandbox.ledger.accepts.length, 1);
  assert.equal(
    (await sendMessage(shipped, { to: "+33612345678", values }, { ...options, token: "wrong" })).class,
    "account",
  );
  assert.equal(sandbox.ledger.accepts.length, 1);
});
