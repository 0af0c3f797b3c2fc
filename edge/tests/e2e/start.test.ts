/** What `./build.sh start` runs: it starts, stops cleanly, starts again on the same state, and leaves nothing behind. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { eventually, freePort } from "./stack.ts";

const state = mkdtempSync(join(tmpdir(), "wa-preflight-start-"));
const [port, sandboxPort] = [await freePort(), await freePort()];
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(state, { recursive: true, force: true });
});

async function start(): Promise<{ child: ChildProcess; url: string; key: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "..", "dev", "start.ts")], {
    env: { ...process.env, PORT: String(port), SANDBOX_PORT: String(sandboxPort), STATE_DIRECTORY: state },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let said = "";
  child.stdout?.setEncoding("utf8");
  child.stdout?.on("data", (text: string) => {
    said += text;
  });
  return eventually("the address to be printed", 60_000, async () => {
    const [, url = "", key = ""] = /(http:\/\/127\.0\.0\.1:\d+)\/#key=([\w-]+)/.exec(said) ?? [];
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`);
    return { done: key !== "", value: { child, url, key } };
  });
}

async function health(url: string, key: string): Promise<{ ok: boolean }> {
  const response = await fetch(`${url}/v1/health`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(response.status, 200);
  return (await response.json()) as { ok: boolean };
}

/** Every workerd that was started for this state. */
function workerds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        // A zombie has an empty command line: it runs no more.
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return command.includes("workerd") && command.includes("serve") && environmentOf(pid).includes(state);
      } catch {
        return false;
      }
    });
}

function environmentOf(pid: number): string {
  return readFileSync(`/proc/${pid}/environ`, "utf8");
}

test("it starts, stops on a signal, and keeps its key and its state", async () => {
  const first = await start();
  assert.equal((await health(first.url, first.key)).ok, true);
  assert.ok(workerds().length > 0, "the test can see workerd");
  const ended = new Promise<number | null>((resolve) => first.child.once("exit", (code) => resolve(code)));
  first.child.kill("SIGINT");
  // 130 is a shell's word for "ended by Ctrl-C": wrangler ends the process with it when it was faster than we are.
  assert.ok([0, 130].includes((await ended) ?? -1));
  await nothingLeft();

  const second = await start();
  assert.equal(second.key, first.key);
  assert.equal((await health(second.url, second.key)).ok, true);
  // Killed hard it cannot clean up; its reaper does.
  second.child.kill("SIGKILL");
  await nothingLeft();
});

async function nothingLeft(): Promise<void> {
  await eventually("workerd to end", 10_000, async () => ({ done: workerds().length === 0, value: workerds() }));
}
