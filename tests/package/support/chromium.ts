/** A real browser on a page that this process serves. */

import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** The strictest policy that lets wasm run: a page of ours must need no more. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** Opens /index.html of a folder and answers what the page's script leaves in `document.title`. */
export async function titleOf(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1);
    readFile(join(folder, name)).then(
      (bytes) => {
        const type = types[extname(name)] ?? "application/octet-stream";
        response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => {
      // Browsers ask for an icon that no page here has.
      if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) troubles.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${port}/`);
    // Asked from here: a function that waits inside the page would be evaluated there, which the policy forbids.
    let title = "";
    for (const end = Date.now() + 20_000; title === "" && Date.now() < end;) {
      title = await page.title();
      if (title === "") await setTimeout(50);
    }
    return title === "" || troubles.length > 0 ? `${title} (errors: ${troubles.join("; ") || "none"})` : title;
  } finally {
    await browser.close();
    server.close();
  }
}
