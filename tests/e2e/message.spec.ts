/** Values, sanitizing, preview and payload. */

import { definition, expect, test } from "./support.ts";

test("a newline in a value is reported, sanitized on request, and listed", async ({ editor, page }) => {
  await editor.paste(definition("newline_value"));
  await page.getByLabel("Recipient").fill("+33612345678");
  await editor.parameter("body.1").fill("Ana\nMaria");
  await editor.parameter("body.2").fill("A-17");
  const field = page.locator('[data-key="body.1"]');
  await expect(field.locator("li.error")).toContainText(/line break/i);
  await expect(page.getByText(/Would make 1 change/)).toBeVisible();
  await expect(editor.payload).toHaveCount(0);

  await page.getByRole("switch").check();
  await expect(page.getByText("1 change", { exact: true })).toBeVisible();
  const change = page.locator(".changes li");
  await expect(change.locator("del")).toContainText("⏎");
  await expect(change.locator("ins")).toHaveText("␣");
  await expect(field.locator("li.error")).toHaveCount(0);
  await expect(editor.bubble).toContainText("Hi Ana Maria, your order A-17 is on its way");
  await expect(editor.payload).toContainText('"text": "Ana Maria"');
  // What was typed stays as it was typed.
  await expect(editor.parameter("body.1")).toHaveValue("Ana\nMaria");
});

test("markup is formatted, HTML is text", async ({ editor, page }) => {
  await editor.paste(
    definition("markup", {
      components: [{ type: "BODY", text: "*a* {{1}}", example: { body_text: [["x"]] } }],
    }),
  );
  await editor.parameter("body.1").fill("<b>");
  await expect(editor.bubble.locator("strong")).toHaveText("a");
  await expect(editor.bubble.locator(".bubble-body")).toHaveText("a <b>");
  expect(await page.locator("b").count()).toBe(0);
  await editor.parameter("body.1").fill('<img src=x onerror="document.title=1">');
  await expect(editor.bubble.locator(".bubble-body")).toHaveText('a <img src=x onerror="document.title=1">');
  expect(await page.locator("img").count()).toBe(0);
});

test("what is not filled in is marked in the bubble", async ({ editor }) => {
  await editor.paste(definition("unfilled"));
  await expect(editor.bubble.locator("mark")).toHaveCount(2);
  await editor.parameter("body.1").fill("Ana");
  await expect(editor.bubble.locator("mark")).toHaveCount(1);
  await expect(editor.bubble).toContainText("Hi Ana, your order");
});

test("the form follows the template's parameters", async ({ editor, page }) => {
  await editor.paste(
    definition("follows", {
      parameter_format: "NAMED",
      components: [
        { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::aW1hZ2U="] } },
        {
          type: "BODY",
          text: "Hi {{first_name}}, it is ready for you.",
          example: { body_text_named_params: [{ param_name: "first_name", example: "Ana" }] },
        },
        {
          type: "BUTTONS",
          buttons: [
            {
              type: "URL",
              text: "Track",
              url: "https://shop.example/t/{{1}}",
              example: ["https://shop.example/t/1"],
            },
          ],
        },
      ],
    }),
  );
  await page.getByLabel("Recipient").fill("+33612345678");
  await editor.parameter("header.image").fill("https://shop.example/spring.jpg");
  await editor.parameter("body.first_name").fill("Zoë 🌷");
  await editor.parameter("buttons.0").fill("A-17");
  await expect(editor.bubble).toContainText("Hi Zoë 🌷, it is ready for you.");
  await expect(editor.bubble).toContainText("https://shop.example/t/A-17");
  await page.getByLabel("Byte for byte").check();
  const sent = JSON.parse((await editor.payload.textContent()) ?? "");
  expect(sent).toMatchObject({
    messaging_product: "whatsapp",
    type: "template",
    template: {
      name: "follows",
      language: { code: "en_US" },
      components: [
        { type: "header", parameters: [{ type: "image", image: { link: "https://shop.example/spring.jpg" } }] },
        { type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: "Zoë 🌷" }] },
        { type: "button", sub_type: "url", parameters: [{ type: "text", text: "A-17" }] },
      ],
    },
  });
});

test("values stay while the definition is half-typed", async ({ editor }) => {
  const whole = JSON.stringify(definition("values_stay"), null, 2);
  await editor.paste(whole);
  await editor.parameter("body.1").fill("Ana");
  await editor.paste(whole.slice(0, 60));
  await editor.paste(whole);
  await expect(editor.parameter("body.1")).toHaveValue("Ana");
});

test("samples fill the form", async ({ editor, page }) => {
  await editor.paste(definition("samples_fill"));
  await page.getByRole("button", { name: "Fill in the samples" }).click();
  await expect(editor.bubble).toContainText("Hi Ana, your order A-1042 is on its way to you.");
});

test("samples fill in what is empty and leave the rest", async ({ editor, page }) => {
  await editor.paste(definition("samples_leave"));
  await page.getByLabel("Body variable 1: given as").selectOption("currency");
  await editor.parameter("body.2").fill("B-17");
  await page.getByRole("button", { name: "Fill in the samples" }).click();
  await expect(editor.parameter("body.1")).toHaveValue("Ana");
  await expect(editor.parameter("body.2")).toHaveValue("B-17");
  await expect(page.getByLabel("Body variable 1: given as")).toHaveValue("text");
});

test("a value of one template fills in nothing of another that is opened, and comes back", async ({ editor, page }) => {
  const sample = page.getByLabel("Start from a sample");
  await sample.selectOption({ label: "Coupon" });
  await editor.parameter("buttons.0").fill("SECRET15");
  await sample.selectOption({ label: "Spring sale, with named variables" });
  await expect(editor.parameter("buttons.0")).toHaveValue("");
  await sample.selectOption({ label: "Coupon" });
  await expect(editor.parameter("buttons.0")).toHaveValue("SECRET15");
});

test("a text from right to left runs so, in the bubble and in its fields", async ({ editor, page }) => {
  const body = {
    type: "BODY",
    text: "مرحبا {{1}}، طلبك في الطريق إليك.\n\nHello {{2}}, it is on its way.",
    example: { body_text: [["أحمد", "Ana"]] },
  };
  await editor.paste(definition("right_to_left", { language: "ar", components: [body] }));
  await editor.show("Form");
  const marks = editor.bubble.locator("mark");
  const [arabic, english] = [await marks.nth(0).boundingBox(), await marks.nth(1).boundingBox()];
  const bubble = await editor.bubble.boundingBox();
  if (arabic === null || english === null || bubble === null) throw new Error("the bubble has no variables");
  // The first paragraph begins at the right edge, the second at the left.
  expect(arabic.x + arabic.width / 2).toBeGreaterThan(bubble.x + bubble.width / 2);
  expect(english.x + english.width / 2).toBeLessThan(bubble.x + bubble.width / 2);
  await editor.parameter("body.1").fill("أحمد");
  for (const field of [editor.parameter("body.1"), page.getByLabel("Text", { exact: true })])
    expect(await field.evaluate((control) => getComputedStyle(control).direction)).toBe("rtl");
});
