/** What is more than text: cards, offers, products and orders in the bubble, and the fields of Meta's objects. */

import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { definition, type Editor, expect, test } from "./support.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/definitions/${name}.json`, import.meta.url), "utf8");

const member = (editor: Editor, key: string, label: string): Locator =>
  editor.page.locator(`.panel.message [data-key="${key}"]`).getByLabel(label, { exact: true });

async function payloadOf(editor: Editor): Promise<{ template: { components: { type: string }[] } }> {
  await editor.page.getByLabel("Byte for byte").check();
  return JSON.parse((await editor.payload.textContent()) ?? "");
}

test("cards stand in a strip that is gone through by buttons and keys", async ({ editor, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await editor.paste(fixture("carousel_ten_cards"));
  const cards = page.getByRole("region", { name: "Cards" });
  await expect(cards.getByRole("listitem").filter({ has: page.locator(".bubble-media") })).toHaveCount(10);
  await expect(cards.getByText("1 of 10")).toBeVisible();
  const strip = cards.locator(".card-strip");
  await cards.getByRole("button", { name: "Next card" }).click();
  await expect(cards.getByText("2 of 10")).toBeVisible();
  expect(await strip.evaluate((element) => element.scrollLeft)).toBeGreaterThan(100);
  await strip.focus();
  await page.keyboard.press("End");
  await expect(cards.getByText("10 of 10")).toBeVisible();
  await expect(cards.getByRole("button", { name: "Next card" })).toBeDisabled();
});

test("a card shows its own picture once it has one", async ({ editor, page }) => {
  await editor.paste(fixture("carousel_images"));
  const first = page.getByRole("listitem", { name: "Card 1" });
  await expect(first.locator(".bubble-media")).toContainText("not chosen yet");
  await page.locator('.panel.message [data-key="cards.0.header.image"] textarea').fill("https://shop.example/aloe.jpg");
  await expect(first.locator(".bubble-media")).toContainText("https://shop.example/aloe.jpg");
  await expect(page.getByRole("listitem", { name: "Card 2" }).locator(".bubble-media")).toContainText("not chosen yet");
  await expect(first).toContainText("More like this");
});

test("an offer shows its title, its end chosen on a calendar, and its code", async ({ editor, page }) => {
  await editor.paste(fixture("limited_time_offer_code"));
  const offer = page.getByTestId("offer");
  await expect(offer.locator("mark")).toHaveText(["no end yet", "not filled in"]);
  await page.locator('[data-key="offer.expires_at"] input[type="datetime-local"]').fill("2031-05-04T18:30");
  await expect(offer).toContainText("Ends tonight");
  await expect(offer).toContainText(/Ends May 4, 2031, 6:30.PM/);
  await editor.parameter("buttons.0").fill("ISLAND");
  await expect(offer.locator("mark")).toHaveCount(0);
  await expect(offer).toContainText("Code ISLAND");
  const exact = page.getByLabel("The end of the offer: in milliseconds");
  expect(Number(await exact.inputValue())).toBe(await page.evaluate(() => new Date("2031-05-04T18:30").getTime()));
  // Seconds are no moment of this century: the core says so, and its fix mends the field.
  await exact.fill("1935570600");
  const field = page.locator('[data-key="offer.expires_at"]');
  await expect(field.locator('[data-code="offer-expiry-unit"]')).toContainText("looks like seconds");
  await field.getByRole("button", { name: "Make it milliseconds" }).click();
  await expect(exact).toHaveValue("1935570600000");
});

test("the end of an offer can be typed over, digit by digit", async ({ editor, page }) => {
  await editor.paste(fixture("limited_time_offer_code"));
  const end = page.locator('.panel.message [data-key="offer.expires_at"] input[type="datetime-local"]');
  await end.fill("2027-05-04T18:30");
  await end.focus();
  // Past month and day, into the year.
  for (const key of ["Tab", "Tab", "2", "0", "3", "1"]) await page.keyboard.press(key);
  await expect(end).toHaveValue("2031-05-04T18:30");
  await expect(page.getByTestId("offer")).toContainText("Ends May 4, 2031");
});

test("a tap target has two fields, and is shown under the picture", async ({ editor, page }) => {
  await editor.paste(fixture("limited_time_offer_code"));
  await member(editor, "tap_target", "Title").fill("Island trips");
  await member(editor, "tap_target", "Address that it opens").fill("boats.example");
  const field = page.locator('[data-key="tap_target"]');
  await expect(field.locator('[data-code="tap-target-url"]')).toBeVisible();
  await expect(member(editor, "tap_target", "Address that it opens")).toHaveAttribute("aria-invalid", "true");
  await member(editor, "tap_target", "Address that it opens").fill("http://boats.example");
  await expect(field.locator("li.warning")).toContainText("http://");
  await expect(field.locator("li.error")).toHaveCount(0);
  await member(editor, "tap_target", "Address that it opens").fill("https://boats.example");
  await expect(field.locator(".field-findings")).toHaveCount(0);
  await expect(editor.bubble).toContainText("Island trips");
  // Emptied again, it is not given at all.
  await member(editor, "tap_target", "Title").fill("");
  await member(editor, "tap_target", "Address that it opens").fill("");
  await expect(editor.bubble.locator(".bubble-target")).toHaveCount(0);
  await expect(field.locator(".field-findings")).toHaveCount(0);
});

test("a location's members reach the payload as numbers and texts", async ({ editor, page }) => {
  await editor.paste(fixture("utility_location"));
  await page.getByLabel("Recipient").fill("+33612345678");
  await member(editor, "header.location", "Latitude").pressSequentially("45.7640");
  await expect(member(editor, "header.location", "Latitude")).toHaveValue("45.7640");
  await member(editor, "header.location", "Longitude").fill("4.8357");
  await member(editor, "header.location", "Name").fill("The garden shop");
  await member(editor, "header.location", "Address").fill("1 Rue des Fleurs");
  await editor.parameter("body.1").fill("18:30");
  await expect(editor.bubble.locator(".bubble-media")).toContainText("The garden shop");
  const { template } = await payloadOf(editor);
  expect(template.components[0]).toMatchObject({
    type: "header",
    parameters: [{ type: "location", location: { name: "The garden shop", address: "1 Rue des Fleurs" } }],
  });
  expect(JSON.stringify(template.components[0])).toMatch(/"latitude":"?45\.764/);
});

test("a text may be an amount of money or a date", async ({ editor, page }) => {
  await editor.paste(fixture("body_formatted"));
  await page.getByLabel("Recipient").fill("+33612345678");
  await page.getByRole("button", { name: "Fill in the samples" }).click();
  await page.getByLabel("Body variable 1: given as").selectOption("currency");
  await member(editor, "body.1", "Amount").fill("12.50");
  await expect(page.locator('[data-key="body.1"] li.error')).not.toHaveCount(0);
  await member(editor, "body.1", "Currency").fill("EUR");
  await member(editor, "body.1", "As text").fill("€12.50");
  await expect(page.locator('[data-key="body.1"] li.error')).toHaveCount(0);
  await expect(editor.bubble).toContainText("€12.50");
  await expect(member(editor, "body.1", "Amount")).toHaveValue("12.50");
  const { template } = await payloadOf(editor);
  expect(template.components[0]).toMatchObject({
    parameters: [
      { type: "currency", currency: { fallback_value: "€12.50", code: "EUR", amount_1000: 12_500 } },
      { type: "text" },
      { type: "text" },
      { type: "text" },
    ],
  });
});

test("an amount that may mean two things is not taken for one of them", async ({ editor, page }) => {
  await editor.paste(definition("two_amounts"));
  await page.getByLabel("Body variable 1: given as").selectOption("currency");
  const amount = member(editor, "body.1", "Amount");
  await member(editor, "body.1", "Currency").fill("USD");
  await member(editor, "body.1", "As text").fill("$1,234");
  const held = page.locator('.panel.message [data-key="body.1"] .as-json textarea');
  await amount.fill("1,234");
  await expect(page.locator('.panel.message [data-code="currency-incomplete"]')).toBeVisible();
  await expect(amount).toHaveValue("1,234");
  await expect(held).toHaveValue(/"amount_1000":"1,234"/);
  await amount.fill("1234");
  await expect(held).toHaveValue(/"amount_1000":1234000/);
  await amount.fill("12,5");
  await expect(held).toHaveValue(/"amount_1000":12500/);
  await expect(amount).toHaveValue("12,5");
});

test("sections of products are written line by line, and counted in the bubble", async ({ editor, page }) => {
  await editor.paste(fixture("multi_product"));
  await page.getByLabel("Recipient").fill("+33612345678");
  await page.getByRole("button", { name: "Fill in the samples" }).click();
  await expect(page.getByTestId("tile")).toContainText("not chosen yet");
  await member(editor, "buttons.0", "Product in the picture").fill("P-1");
  await page.getByRole("button", { name: "+ Section" }).click();
  await member(editor, "buttons.0", "Heading").fill("Plants");
  await member(editor, "buttons.0", "Product ids, one on each line").pressSequentially("P-1\nP-2\n");
  await expect(page.getByTestId("tile")).toContainText("2 items");
  const { template } = await payloadOf(editor);
  expect(template.components.at(-1)).toMatchObject({
    parameters: [
      {
        type: "action",
        action: {
          thumbnail_product_retailer_id: "P-1",
          sections: [
            { title: "Plants", product_items: [{ product_retailer_id: "P-1" }, { product_retailer_id: "P-2" }] },
          ],
        },
      },
    ],
  });
});

test("order details are typed as JSON, judged while typed, and shown as a bill", async ({ editor, page }) => {
  await editor.paste(fixture("order_details_br"));
  const field = page.locator('.panel.message [data-key="buttons.0"]');
  await field.getByLabel("JSON").fill('{"reference_id":"A-1","currency":"BRL"');
  await expect(field.locator("li.error")).not.toHaveCount(0);
  const amount = (value: number) => ({ value, offset: 100 });
  await field.getByLabel("JSON").fill(
    JSON.stringify({
      currency: "BRL",
      total_amount: amount(25_000),
      order: { items: [{ name: "Fern", amount: amount(25_000), quantity: 1 }], subtotal: amount(25_000) },
    }),
  );
  await expect(page.getByTestId("order")).toContainText("Fern × 1");
  await expect(page.getByTestId("order")).toContainText("R$250.00");
  await expect(field.locator("li.error", { hasText: "reference_id" })).toBeVisible();
});

test("an order's news stands below the text", async ({ editor }) => {
  await editor.paste(fixture("order_status"));
  const news = editor.page.getByTestId("order-news");
  await expect(news).toContainText("no status yet");
  await member(editor, "order_status", "Status").fill("shiped");
  await expect(editor.page.locator('[data-key="order_status"] li.error', { hasText: "shipped" })).toBeVisible();
  await member(editor, "order_status", "Status").fill("shipped");
  await member(editor, "order_status", "Description").fill("With you tomorrow");
  await expect(news).toContainText("shipped");
  await expect(news).toContainText("With you tomorrow");
});

for (const name of ["carousel_images", "limited_time_offer_code", "multi_product", "order_status"]) {
  test(`${name} fits a phone`, async ({ editor, page }) => {
    await editor.paste(fixture(name));
    await page.setViewportSize({ width: 360, height: 800 });
    for (const panel of ["Message", "Preview"]) {
      await page.getByRole("navigation").getByRole("button", { name: panel }).click();
      await expect(page.getByRole("region", { name: panel, exact: true })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });
}
