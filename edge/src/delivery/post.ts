/** The one place of the Worker that sends a message. */

import { classifyResponse, type Message, type Outcome, PreflightError } from "wa-preflight";
import { sendMessage } from "wa-preflight/edge";
import { ConfigError, type Env, type Graph, type Settings } from "../env.ts";
import type { Address, Post } from "../ledger/types.ts";
import { describe, log } from "../log.ts";
import { compiled } from "../templates.ts";
import { capturing } from "./capture.ts";
import { firstError } from "./rejudge.ts";
import { Unreadable, unsealed } from "./secrets.ts";

/** What became of one POST; `refused` and `kept` say that there was none. */
export type Posted = { outcome: Outcome; raw: string } | { refused: string } | { kept: true };

export interface Line {
  env: Env;
  address: Address;
  settings: Settings;
  graph: Graph;
}

/** Without an outcome nothing has left: there was no fetch. */
export async function post({ env, address, settings, graph }: Line, post: Post, definition: string): Promise<Posted> {
  const capture = capturing();
  try {
    const message: Message = await unsealed(env, post.id, post.message);
    const outcome = await sendMessage(compiled({ hash: post.definition, text: definition }), message, {
      phoneNumberId: address.from,
      token: graph.token,
      endpoint: graph.endpoint,
      graphVersion: graph.version,
      timeoutMs: settings.graphTimeoutMs,
      fetch: capture.fetch,
    });
    return { outcome, raw: capture.text() };
  } catch (error) {
    if (error instanceof PreflightError && !capture.called) return { refused: firstError(error.report) };
    if (error instanceof Unreadable) return { refused: error.message };
    log(error instanceof ConfigError ? "misconfigured" : "send_threw", {
      id: post.id,
      n: post.n,
      error: describe(error),
    });
    if (!capture.called) return { kept: true };
    // Whether something left before this went wrong cannot be known here, and a second message is worse than none.
    return { outcome: classifyResponse({ transport: "reset" }), raw: capture.text() };
  }
}
