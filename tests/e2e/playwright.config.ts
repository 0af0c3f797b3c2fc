import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  // Two cores, and each worker runs a Worker and a sandbox of its own.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // On a laden machine a caret can come back a moment after the key that was meant for it; what is broken fails twice.
  retries: 1,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  outputDir: "../../target/playwright",
  reporter: [["list"], ["json", { outputFile: "../results/playwright-page.json" }]],
  use: {
    // Whatever chooses a theme chooses the light one; dark is asked for where it is tested.
    colorScheme: "light",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      chromiumSandbox: false,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
