/** A sandbox for all test files; runs in Node, beside workerd. */

import { startSandbox } from "@wa-preflight/sandbox";
import type { TestProject } from "vitest/node";

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const sandbox = await startSandbox({ webhookUrl: null });
  provide("graph" as never, sandbox.url as never);
  provide("token" as never, sandbox.config.token as never);
  return () => sandbox.close();
}
