/** From a keystroke to a message that was read, over the real Worker and the sandbox. */

import { createHash } from "node:crypto";
import { type Complaints, definition, expect, KEY, test } from "./support.ts";

test("a bad template is mended, created at Meta, filled in, sent and read", async ({ editor, page, stack }) => {
  await editor.paste({
    ...definition("Parcel-Today"),
    components: [
      {
        type: "BODY",
        text: "Hi {{1}}, your order {{2}} is on its way to you.",
        example: { body_text: [["Ana", "A-1"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Change\nday" },
          {
            type: "URL",
            text: "Track parcel",
            url: "https://shop.example/t/{{1}}",
            example: ["https://shop.example/t/A-1"],
          },
          { type: "URL", text: "Opening hours", url: "https://shop.example/hours" },
          { type: "URL", text: "Directions", url: "https://shop.example/way" },
        ],
      },
    ],
  });
  await expect(editor.verdict).toContainText("3 errors");
  await editor
    .problem("name-charset")
    .getByRole("button", { name: /rename/ })
    .click();
  await editor
    .problem("button-text-clean")
    .getByRole("button", { name: /one line/ })
    .click();
  await editor
    .problem("buttons-count")
    .getByRole("button", { name: /too many/ })
    .click();
  await expect(editor.verdict).toHaveText("Ready for Meta");

  await editor.deliveries.getByRole("button", { name: "Create at Meta" }).click();
  await expect(editor.deliveries.getByText("approved", { exact: true })).toBeVisible();

  await page.getByLabel("Recipient").fill("+33612345678");
  await editor.parameter("body.1").fill("Zoë");
  await editor.parameter("body.2").fill("A-17");
  await editor.parameter("buttons.1").fill("A-17");
  await page.getByLabel("Byte for byte").check();
  const built = JSON.parse((await editor.payload.textContent()) ?? "");

  const send = editor.deliveries.getByRole("button", { name: "Send", exact: true });
  await expect(send).toBeEnabled();
  await send.click();
  const timeline = editor.deliveries.getByTestId("timeline");
  for (const step of ["queued", "sending", "accepted", "sent", "delivered", "read"]) {
    await expect(timeline.locator(`[data-step="${step}"]`)).toHaveClass("reached");
  }
  await expect(editor.deliveries.getByTestId("delivery").first()).toHaveAttribute("data-state", "read");

  // What the page showed is what was sent, once; the Worker only adds its callback id.
  const accepts = stack.sandbox.ledger.accepts.filter(({ template }) => template === "parcel_today");
  expect(accepts).toHaveLength(1);
  const { callbackId, payloadHash } = accepts[0] ?? {};
  const sent = JSON.stringify({ ...built, biz_opaque_callback_data: callbackId });
  expect(payloadHash).toBe(createHash("sha256").update(sent).digest("hex"));
});

test("an approved template is opened from Meta and a failure is told with its reason", async ({
  editor,
  page,
  stack,
}) => {
  await page.getByRole("button", { name: "Open from Meta…" }).click();
  await page.getByRole("searchbox", { name: "Search by name" }).fill("hello");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /hello_static/ })
    .click();
  await expect(editor.verdict).toHaveText("Ready for Meta");
  await expect(page.getByText("This template has no variables.")).toBeVisible();
  await page.getByLabel("Recipient").fill("+33612345679");
  stack.sandbox.setFault({ kind: "error", match: { to: "+33612345679" }, times: 1, params: { code: 131026 } });
  await editor.deliveries.getByRole("button", { name: "Send", exact: true }).click();
  const delivery = editor.deliveries.getByTestId("delivery").first();
  await expect(delivery).toHaveAttribute("data-state", "failed");
  await expect(delivery).toContainText("131026");
  await expect(delivery).toContainText("What to do");
});

test("what was sent is there again after a reload", async ({ editor, page }) => {
  await expect(editor.deliveries.getByTestId("delivery").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await expect(editor.deliveries.getByTestId("delivery").first()).toBeVisible();
});

test("a POST without an answer is asked again under the same key", async ({ editor, page, stack, complaints }) => {
  const keys: string[] = [];
  let lose = true;
  await page.route("**/v1/deliveries", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.push(route.request().postDataJSON().messages[0].key);
    if (!lose) return route.continue();
    lose = false;
    // The Worker takes it; the page never hears of it.
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "Open from Meta…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /hello_static/ })
    .click();
  await page.getByLabel("Recipient").fill("+33612345680");
  const send = editor.deliveries.getByRole("button", { name: "Send", exact: true });
  await send.click();
  await expect(editor.deliveries.getByText("the Worker cannot be reached")).toContainText("taken only once");
  await send.click();
  await expect(editor.deliveries.getByTestId("delivery").first()).toHaveAttribute("data-state", "read");
  // Chromium itself notes the lost answer in the console.
  complaints.all = complaints.all.filter((text) => !text.includes("ERR_FAILED"));
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
  expect(stack.sandbox.ledger.accepts.filter(({ to }) => to.endsWith("33612345680"))).toHaveLength(1);
});

test("the key leaves the address bar and stays in this tab only", async ({ editor: _, page }) => {
  expect(page.url()).not.toContain(KEY);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(KEY);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain(KEY);
});

/** Chromium itself notes in the console what was not answered. */
const forgiveRefusals = (complaints: Complaints): void => {
  complaints.all = complaints.all.filter((text) => !/ERR_FAILED|502/.test(text));
};

test("Meta away is not the Worker away, and is asked again", async ({ editor, page, complaints }) => {
  await page.route("**/v1/templates?*", (route) => route.fulfill({ status: 502, json: { detail: "Meta is away" } }));
  await page.reload();
  await expect(editor.deliveries.getByText("Meta is away")).toBeVisible();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await expect(editor.deliveries.getByTestId("delivery").first()).toBeVisible();
  await page.getByRole("button", { name: "Open from Meta…" }).click();
  await expect(page.getByRole("dialog").getByText("Meta is away")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.unroute("**/v1/templates?*");
  await editor.deliveries.getByRole("button", { name: "Ask again" }).click();
  await expect(editor.deliveries.getByText("Meta is away")).toHaveCount(0);
  await page.getByLabel("Start from a sample").selectOption({ label: "A template that Meta would refuse" });
  await expect(editor.deliveries.getByText("mend the definition first")).toBeVisible();
  forgiveRefusals(complaints);
});

test("a Worker that was away is tried again without its key being typed again", async ({
  editor,
  page,
  complaints,
}) => {
  await page.route("**/v1/**", (route) => route.abort());
  await page.reload();
  await expect(editor.deliveries.getByText("The Worker cannot be reached.")).toBeVisible();
  await page.unroute("**/v1/**");
  await editor.deliveries.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await expect(editor.deliveries.getByText("cannot be reached")).toHaveCount(0);
  forgiveRefusals(complaints);
});

test("only a message that is being sent says so", async ({ editor, page }) => {
  await page.route("**/v1/templates?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await page.getByRole("button", { name: "Open from Meta…" }).click();
  await expect(editor.deliveries.getByText("Send", { exact: true })).toBeDisabled();
  await expect(editor.deliveries.getByText("Sending…")).toHaveCount(0);
});

test("a delivery that cannot be looked at says so, and opens when it can", async ({ editor, page, complaints }) => {
  const first = editor.deliveries.getByTestId("delivery").first();
  const head = first.locator(".delivery-head");
  await page.route("**/v1/deliveries/*", (route) => route.abort());
  await head.click();
  await expect(editor.deliveries.getByText("did not say what became of this delivery")).toBeVisible();
  await expect(head).toHaveAttribute("aria-expanded", "false");
  await page.unroute("**/v1/deliveries/*");
  await head.click();
  await expect(first.getByTestId("timeline")).toBeVisible();
  forgiveRefusals(complaints);
});
