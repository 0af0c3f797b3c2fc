import { mkdirSync } from "node:fs";
import { createHash } from "node:crypto";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { API_KEY, APP_SECRETS, OTHER_API_KEY, SENDER, VERIFY_TOKEN } from "./tests/worker/settings.ts";

// wrangler wants the folder; these tests need no page in it.
mkdirSync(new URL("../www/dist", import.meta.url), { recursive: true });

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export default defineConfig({
  plugins: [
    cloudflareTest(({ inject }) => ({
      wrangler: { configPath: "./wrangler.jsonc" },
      miniflare: {
        bindings: {
          SENDERS: [SENDER],
          GRAPH_ENDPOINT: inject<string>("graph"),
          GRAPH_TOKEN: inject<string>("token"),
          APP_SECRETS: APP_SECRETS.join(" "),
          VERIFY_TOKEN,
          LEDGER_KEY: Buffer.alloc(32, "k").toString("base64"),
          API_KEYS: `tests:${sha256(API_KEY)}, other:${sha256(OTHER_API_KEY)}`,
          GRAPH_TIMEOUT_MS: 2_000,
          SENDING_GRACE_MS: 0,
        },
        // The tests are the consumer: no nudge arrives behind their back while they run.
        queueConsumers: { "wa-preflight-nudges": { maxBatchTimeout: 60, maxBatchSize: 100 } },
      },
    })),
  ],
  test: {
    globalSetup: "./tests/worker/sandbox.ts",
    include: ["tests/worker/**/*.test.ts"],
    // Some hand in a thousand deliveries, and machines can be busy.
    testTimeout: 30_000,
  },
});
