/**
 * Keeps workerd from outliving us. When this process is killed hard it cannot clean up, and workerd would hold the port and
 * the state for ever. A small process of its own waits on a pipe from here; the pipe closes with us, however we end.
 *
 * Run as a program it is that small process: `node reaper.ts <pid>…`.
 */

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Starts to watch over every workerd below this process. Call the answer when they have ended by themselves. */
export function guardWorkerd(): () => void {
  const pids = childrenNamed("workerd");
  if (pids.length === 0) return () => {};
  const reaper = spawn(process.execPath, [import.meta.filename, ...pids.map(String)], {
    // A session of its own: what is sent to our group must not hit it before it has done its work.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  reaper.unref();
  const pipe = reaper.stdin;
  // Its end must not become ours.
  pipe?.on("error", () => {});
  (pipe as unknown as { unref?: () => void } | null)?.unref?.();
  return () => {
    pipe?.end("ended\n");
  };
}

/** Descendants of a process by their program's name. Reads /proc, so elsewhere than on Linux it finds none. */
export function childrenNamed(name: string, ancestor = process.pid): number[] {
  const parents = new Map<number, { parent: number; name: string }>();
  let entries: string[] = [];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  for (const entry of entries) {
    const found = /^\d+$/.test(entry) ? statOf(Number(entry)) : undefined;
    if (found !== undefined) parents.set(Number(entry), found);
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent;
    return parent !== undefined && parent !== 0 && (parent === ancestor || isOurs(parent));
  };
  return [...parents].filter(([pid, process]) => process.name === name && isOurs(pid)).map(([pid]) => pid);
}

function statOf(pid: number): { parent: number; name: string } | undefined {
  try {
    // pid (name) state parent …
    const parts = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return parts ? { name: parts[1] ?? "", parent: Number(parts[2]) } : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const pids = process.argv.slice(2).map(Number);
  let said = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text: string) => {
    said += text;
  });
  process.stdin.on("end", () => {
    if (said.includes("ended")) return;
    for (const pid of pids) {
      // Only what still is a workerd: a number can belong to somebody else by now.
      if (statOf(pid)?.name === "workerd") process.kill(pid, "SIGKILL");
    }
  });
}
