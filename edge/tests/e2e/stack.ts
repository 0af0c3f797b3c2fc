/** A real Worker process and a real sandbox, talking over HTTP. */

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox } from "@wa-preflight/sandbox";

export const KEY = "key-of-the-tests";
export const OTHER_KEY = "key-of-somebody-else";

export interface StackOptions {
  vars?: Record<string, string | number | object>;
  sandbox?: SandboxOptions;
  entry?: string;
  logLevel?: string;
}

/** A delivery as GET /v1/deliveries/:id shows it. */
export interface Shown {
  id: string;
  key: string;
  state: string;
  reason: string;
  action?: string;
  code?: number;
  settled: boolean;
  waits?: { for: string; message: string };
  attempts: number;
  wamids: string[];
  statuses: { status: string }[];
  timeline: { event: string; state: string; reason: string }[];
  raw: { source: string; raw: string }[];
}

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export interface Result {
  key: string;
  id?: string;
  state: string;
  diagnostics?: { code: string; message: string; severity: string; key?: string }[];
}

export class Stack {
  readonly sandbox: Sandbox;
  readonly #options: StackOptions;
  readonly #state = mkdtempSync(join(tmpdir(), "wa-preflight-"));
  readonly #port: number;
  #process: ChildProcess | undefined;
  /** What the Worker's process wrote. */
  output = "";

  private constructor(sandbox: Sandbox, port: number, options: StackOptions) {
    this.sandbox = sandbox;
    this.#port = port;
    this.#options = options;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const port = await freePort();
    const sandbox = await startSandbox({
      statusDelayMs: 10,
      webhookRetryMs: 100,
      webhookUrl: `http://127.0.0.1:${port}/webhook`,
      ...options.sandbox,
    });
    const stack = new Stack(sandbox, port, options);
    await stack.startWorker();
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The process that started workerd, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async startWorker(): Promise<void> {
    const { token, appSecret, phoneNumberId, wabaId } = this.sandbox.config;
    const options = {
      port: this.#port,
      stateDirectory: this.#state,
      logLevel: process.env["EDGE_LOG"] ?? this.#options.logLevel ?? "error",
      ...(this.#options.entry !== undefined && { entry: this.#options.entry }),
      vars: {
        SENDERS: [{ phoneNumberId, wabaId }],
        GRAPH_ENDPOINT: this.sandbox.url,
        GRAPH_TOKEN: token,
        APP_SECRETS: appSecret,
        VERIFY_TOKEN: "verify-token-of-the-tests",
        LEDGER_KEY: Buffer.alloc(32, "k").toString("base64"),
        API_KEYS: `tests:${sha256(KEY)} other:${sha256(OTHER_KEY)}`,
        NUDGE_EVERY_MS: 500,
        LEASE_MS: 3_000,
        // A breaker that opened in one test is closed again for the next.
        PROBE_MS: 200,
        PROBE_MAX_MS: 1_000,
        TRIAL_MS: 500,
        ...this.#options.vars,
      },
    };
    const program = join(import.meta.dirname, "worker-process.ts");
    // A group of its own, so that one signal reaches the process and its workerd alike.
    const child = spawn(process.execPath, [program, JSON.stringify(options)], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    child.stderr?.setEncoding("utf8");
    child.stderr?.on("data", (text: string) => {
      this.output += text;
      process.stderr.write(text);
    });
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stdout?.setEncoding("utf8");
      child.stdout?.on("data", (text: string) => {
        said += text;
        this.output += text;
        if (said.includes('"ready":true')) resolve();
        if (process.env["EDGE_LOG"]) process.stderr.write(text);
      });
      child.once("exit", (code, signal) => reject(new Error(`the Worker ended with ${code ?? signal}: ${said}`)));
    });
  }

  /** What a crash of the machine looks like: nothing gets a chance to clean up. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.pid === undefined) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    process.kill(-child.pid, "SIGKILL");
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.sandbox.close();
    rmSync(this.#state, { recursive: true, force: true });
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as T, headers: response.headers };
  }

  /** An answer that is no JSON. */
  async text(method: string, path: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await fetch(this.url + path, { method, headers: { authorization: `Bearer ${KEY}`, ...headers } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.text();
  }

  /** Submits order_shipped messages; gives every one its result. */
  async submit(messages: object[], envelope: object = {}): Promise<Result[]> {
    const answer = await this.call<{ results: Result[] }>("POST", "/v1/deliveries", {
      ...this.envelope(),
      ...envelope,
      messages,
    });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.results;
  }

  envelope(): { from: string; template: { name: string; language: string } } {
    return { from: this.sandbox.config.phoneNumberId, template: { name: "order_shipped", language: "en_US" } };
  }

  async read(id: string): Promise<Shown> {
    return (await this.call<Shown>("GET", `/v1/deliveries/${id}`)).body;
  }

  /** Waits until the delivery is in one of these states. */
  async until(id: string, states: string[], timeoutMs = 30_000): Promise<Shown> {
    return eventually(`${id} to be ${states.join(" or ")}`, timeoutMs, async () => {
      const shown = await this.read(id);
      return { done: states.includes(shown.state), value: shown };
    });
  }

  /** What the sandbox took for this recipient: the third party's word. */
  accepts(to: string): number {
    return this.sandbox.ledger.accepts.filter((accept) => digits(accept.to) === digits(to)).length;
  }

  /** POSTs that reached the sandbox for this recipient, whatever became of them. */
  posts(to: string): number {
    const { requests } = this.sandbox.ledger;
    return requests.filter((request) => request.method === "POST" && digits(request.to ?? "") === digits(to)).length;
  }
}

/** A template for one-time codes, as GET prints it; the sandbox has none of its own. */
export const LOGIN_CODE = {
  id: "1689556908128999",
  name: "login_code",
  language: "en_US",
  status: "APPROVED",
  category: "AUTHENTICATION",
  components: [
    { type: "BODY", text: "*{{1}}* is your verification code.", example: { body_text: [["123456"]] } },
    {
      type: "BUTTONS",
      buttons: [
        {
          type: "URL",
          text: "Copy code",
          url: "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}",
          example: ["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"],
        },
      ],
    },
  ],
};

/** A good message of order_shipped to a number of its own. */
export function order(number: number, values: object = {}): { key: string; to: string; values: object } {
  return {
    key: `order-${number}`,
    to: numberOf(number),
    values: { "body.1": "Ana", "body.2": `A-${number}`, "buttons.0": `A-${number}`, ...values },
  };
}

export function numberOf(number: number): string {
  return `+1555${String(2_000_000 + number)}`;
}

export async function eventually<T>(
  what: string,
  timeoutMs: number,
  look: () => Promise<{ done: boolean; value: T }>,
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const { done, value } = await look();
    if (done) return value;
    if (Date.now() > giveUpAt)
      throw new Error(`waited ${timeoutMs} ms for ${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
