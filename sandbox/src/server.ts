/** Starts a sandbox in this process: one HTTP server on loopback for Graph's routes and the control API. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendJson } from "./answers.ts";
import { configure, DEFAULTS, type Config } from "./config.ts";
import { handleControl } from "./control.ts";
import { GraphError } from "./errors.ts";
import type { FaultSpec } from "./faults.ts";
import { handleGraph } from "./graph.ts";
import type { Ledger, WebhookEntry } from "./ledger.ts";
import { State } from "./state.ts";

export type { Config, PairLimit } from "./config.ts";
export type { FaultKind, FaultSpec, Match } from "./faults.ts";
export type { Accept, AnswerEntry, Ledger, RequestEntry, WebhookEntry } from "./ledger.ts";

/** Every setting may be left out. */
export interface SandboxOptions extends Partial<Config> {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: "127.0.0.1";
  /** Definitions as GET prints them, in place of the seeds. */
  templates?: readonly object[];
  /** Keeps the accepts in this file across restarts of the sandbox itself. */
  ledgerFile?: string;
}

/** A running sandbox. What its methods do, `/_sandbox/*` does for other processes. */
export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly ledger: Ledger;
  readonly config: Readonly<Config>;
  /** Answers the fault's id. */
  setFault(fault: FaultSpec): string;
  clearFaults(id?: string): void;
  configure(changes: Partial<Config>): void;
  setTemplates(definitions: readonly object[]): void;
  setTemplateStatus(name: string, language: string, event: string, reason?: string): Promise<WebhookEntry>;
  /** Posts one status webhook for an accepted message now. */
  emitStatus(wamid: string, status: string, failure?: { code?: number; details?: string }): Promise<WebhookEntry>;
  /** Cuts every connection and refuses new ones, as a host that is down does. Webhooks that wait are still posted. */
  goOffline(): Promise<void>;
  /** Listens again, on the same port. */
  goOnline(): Promise<void>;
  /** Resolves when no webhook waits, travels or is to be tried again. */
  settled(): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", templates, ledgerFile, ...settings } = options;
  const config: Config = structuredClone(DEFAULTS);
  configure(config, settings);
  const state = new State(config, templates, ledgerFile ?? null);
  const server = createServer((request, response) => void answer(state, request, response));
  // A silent client is some test's business; Meta's own patience is not known.
  server.requestTimeout = 0;
  // Node's 5 seconds would now and then cut a pooled connection under a send: a fault that nobody asked for.
  server.keepAliveTimeout = 120_000;
  await listening(server, port, host);
  const address = server.address() as AddressInfo;

  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    ledger: state.ledger,
    config,
    setFault: (fault) => state.faults.add(fault).id,
    clearFaults: (id) => state.faults.clear(id),
    configure: (changes) => configure(config, changes),
    setTemplates: (definitions) => state.templates.replace(definitions),
    setTemplateStatus(name, language, event, reason) {
      const definition = state.templates.find(name, language);
      if (!definition) throw new Error(`there is no template \`${name}\` in \`${language}\``);
      return state.setTemplateStatus(definition, event, reason);
    },
    emitStatus(wamid, status, failure = {}) {
      const accept = state.ledger.byWamid(wamid);
      if (!accept) throw new Error(`no accept has the wamid \`${wamid}\``);
      return state.statuses.emit(accept, status, failure);
    },
    goOffline: () => closed(server),
    goOnline: () => listening(server, address.port, host),
    settled: () => state.webhooks.settled(),
    reset: () => state.reset(),
    async close() {
      state.webhooks.close();
      await closed(server);
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
    if (url.pathname.startsWith("/_sandbox/")) await handleControl(state, request, response, url);
    else await handleGraph(state, request, response, url);
  } catch (error) {
    // A client that left while its body was read is not worth a word; anything else is a bug of the sandbox.
    if (response.destroyed) return;
    if (error instanceof GraphError) return sendJson(response, error.status, error.body());
    console.error(error);
    sendJson(response, 500, new GraphError(131000, { details: `sandbox: ${String(error)}` }).body());
  }
}
