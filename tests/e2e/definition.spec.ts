/** The definition: form and JSON are one document, and findings stand at their place. */

import { definition, expect, test } from "./support.ts";

const BAD = {
  ...definition("bad_buttons"),
  components: [
    {
      type: "BODY",
      text: "Hi {{1}}, your order {{2}} is on its way to you.",
      example: { body_text: [["Ana", "A-1042"]] },
    },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Track\nparcel", url: "https://shop.example/track" },
        { type: "URL", text: "Opening hours", url: "https://shop.example/hours" },
        { type: "URL", text: "Directions", url: "https://shop.example/way" },
      ],
    },
  ],
};

/** A definition with a quick reply of each label. */
function withReplies(name: string, labels: string[]): ReturnType<typeof definition> {
  const buttons = labels.map((text) => ({ type: "QUICK_REPLY", text }));
  const body = { type: "BODY", text: "Hello over there" };
  return definition(name, { components: [body, { type: "BUTTONS", buttons }] });
}

test("a newline in a button is underlined, listed, and mended by a click", async ({ editor, page }) => {
  await editor.paste(BAD);
  const finding = editor.problem("button-text-clean");
  await expect(finding).toContainText("line break");
  await expect(page.locator(".cm-lintRange-error", { hasText: "\\n" })).toBeVisible();

  // The list leads to the place in the text.
  await finding.getByRole("button", { name: /line \d+/ }).click();
  await expect(editor.json).toBeFocused();

  await finding.getByRole("button", { name: /one line/ }).click();
  await expect(finding).toHaveCount(0);
  expect(await editor.text()).toContain('"text": "Track parcel"');
});

test("a fix is one click away in the text, too", async ({ editor, page }) => {
  await editor.paste(BAD);
  await page.locator(".cm-lintRange-error", { hasText: "\\n" }).hover();
  const tip = page.locator(".cm-tooltip-lint");
  await expect(tip).toContainText("line break");
  await tip.getByRole("button", { name: /one line/ }).click();
  await expect(editor.problem("button-text-clean")).toHaveCount(0);
});

test("what an underline in the first lines says can be read whole", async ({ editor, page }) => {
  await editor.paste(definition("Not-A-Name"));
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.locator(".cm-lintRange-error").first().hover();
    const words = page.locator(".cm-tooltip");
    await expect(words.getByRole("button")).toHaveText("rename to not_a_name");
    const [shown, frame] = [await words.boundingBox(), await page.getByTestId("json-editor").boundingBox()];
    if (shown === null || frame === null) throw new Error("there is nothing to read");
    expect(shown.y, `${width} pixels`).toBeGreaterThanOrEqual(frame.y);
    expect(shown.y + shown.height).toBeLessThanOrEqual(frame.y + frame.height);
    await page.mouse.move(2, 2);
    await expect(words).toHaveCount(0);
  }
});

test("a text pasted over by itself keeps its underlines", async ({ editor, page }) => {
  for (let times = 0; times < 2; times += 1) {
    await editor.paste(definition("Not-A-Name"));
    await expect(page.locator(".cm-lintRange-error")).not.toHaveCount(0);
  }
});

test("a byte order mark in front of the text does not keep the form waiting", async ({ editor, page }) => {
  await editor.paste(`\ufeff${JSON.stringify(definition("marked"))}`);
  await expect(editor.verdict).toHaveText("Ready for Meta");
  await editor.show("Form");
  await page.getByLabel("Name", { exact: true }).fill("mended");
  await expect.poll(() => editor.text()).toContain('"name":"mended"');
});

test("one URL button too many is refused with the reason, and the fix takes only that one away", async ({ editor }) => {
  await editor.paste(BAD);
  const finding = editor.problem("buttons-count");
  await expect(finding).toContainText("3 URL buttons");
  await finding.getByRole("button", { name: /too many/ }).click();
  await expect(finding).toHaveCount(0);
  const kept = JSON.parse(await editor.text());
  expect(kept.components[1].buttons.map(({ text }: { text: string }) => text)).toEqual([
    "Track\nparcel",
    "Opening hours",
  ]);
});

test("who takes a line break out of a label goes on typing", async ({ editor, page }) => {
  await editor.paste(withReplies("line_break", ["See\nit"]));
  await editor.show("Form");
  const label = page.getByLabel("Label", { exact: true });
  await label.focus();
  for (const key of ["Control+Home", "End", "Delete"]) await page.keyboard.press(key);
  await page.keyboard.type(" more of ");
  await expect(label).toHaveValue("See more of it");
  await expect(label).toBeFocused();
});

test("findings stand at the form's field, with its counter", async ({ editor, page }) => {
  await editor.paste(BAD);
  await editor.show("Form");
  const field = page.locator('[data-path="components.1.buttons.0.text"]');
  await expect(field).toContainText("line break");
  await expect(field.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  await expect(field.locator(".counter")).toHaveText(/^12\/\d+$/);
  await field.getByRole("textbox").fill("Track parcel now");
  await expect(field).not.toContainText("line break");
  await expect(field.locator(".counter")).toHaveText(/^16\/\d+$/);
});

test("what a finding quotes stays as it was written, also where a sentence begins with it", async ({
  editor,
  page,
}) => {
  await editor.paste(
    '{"name": "a", "language": "fr-FR", "category": "UTILITY", "components": [{"type": "BODY", "text": "Bonjour."}]}',
  );
  const problem = page.locator('.problem[data-code="language-unknown"] .words > p').first();
  // `innerText` is what is seen: with what the style makes of the letters.
  await expect.poll(() => problem.innerText()).toMatch(/^fr-FR is not/);
});

test("an edit of the form keeps the text's format, unknown keys and the caret", async ({ editor, page }) => {
  const text = `{
  "name": "kept_keys",   "x_team": {"owner": "ana",   "tags": [1,2]},
  "language": "en_US",
  "category": "UTILITY",
  "components": [
    {"type": "BODY", "text": "Your order is on its way.", "x_note": null}
  ]
}
`;
  await editor.paste(text);
  // The caret goes behind the last `]`: every edit of the form happens in front of it. Sideways, because how a line up is
  // reached depends on where lines are on the screen, and what was pasted a moment ago may not be drawn yet.
  await page.keyboard.press("Control+End");
  for (const _ of "\n}\n") await page.keyboard.press("ArrowLeft");

  await editor.show("Form");
  await page.getByLabel("Name", { exact: true }).fill("kept_names");
  await page.locator('[data-path="components.0.text"]').getByRole("textbox").fill("Your parcel is on its way today.");
  const expected = text
    .replace("kept_keys", "kept_names")
    .replace("Your order is on its way.", "Your parcel is on its way today.");
  expect(await editor.text()).toBe(expected);

  await editor.show("JSON");
  await editor.json.focus();
  // The browser puts the caret of what gets the focus at its start; CodeMirror puts it back a moment later, before a person
  // could have pressed a key.
  await page.waitForTimeout(100);
  await page.keyboard.insertText(" ");
  expect(await editor.text()).toBe(expected.replace("\n  ]\n", "\n  ] \n"));

  // One history for both views.
  await expect(async () => {
    await page.keyboard.press("Control+z");
    expect(await editor.text()).toBe(text);
  }).toPass({ intervals: [0] });
});

test("an edit of the JSON changes the form", async ({ editor, page }) => {
  await editor.paste(definition("from_json"));
  await editor.show("Form");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("from_json");
  await editor.paste(definition("again_from_json", { category: "MARKETING" }));
  await editor.show("Form");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("again_from_json");
  await expect(page.getByLabel("Category")).toHaveValue("MARKETING");
});

test("half-typed JSON is reported where it breaks, and the form waits", async ({ editor, page }) => {
  const whole = JSON.stringify(definition("half_typed"), null, 2);
  await editor.paste(whole.slice(0, whole.indexOf('"example"')));
  await expect(editor.problems.locator("li.error").first()).toBeVisible();
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  await editor.show("Form");
  await expect(page.getByText("The form waits")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();

  await editor.paste(whole);
  await editor.show("Form");
  await expect(page.getByText("The form waits")).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("half_typed");
  await expect(page.getByLabel("Name", { exact: true })).toBeEnabled();
});

test("any text is taken without a word lost", async ({ editor, page }) => {
  for (const odd of ["", "null", '"text"', "[1,2", '{"components": 7}', "{".repeat(2_000), '{"name": "\\ud800"}']) {
    await editor.paste(odd);
    await expect(editor.verdict).not.toHaveText("Ready for Meta");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(() => editor.text()).toBe(odd);
    await editor.show("Form");
  }
});

test("a megabyte and ten thousand variables get their report, and nothing is lost", async ({ editor, page }) => {
  const many = Array.from({ length: 10_000 }, (_, index) => `{{${index + 1}}} a`).join(" ");
  for (const text of ["x".repeat(1_000_000), many]) {
    const whole = JSON.stringify(definition("very_large", { components: [{ type: "BODY", text }] }));
    await editor.paste(whole);
    await expect(editor.problems.locator("li.error").first()).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    expect(await editor.text()).toBe(whole);
  }
});

test("a rule tells why it is there", async ({ editor }) => {
  await editor.paste(BAD);
  const finding = editor.problem("buttons-count");
  await finding.getByRole("button", { name: "buttons-count" }).click();
  await expect(finding.locator(".why")).toContainText(/Meta/);
  await expect(finding.locator(".why a")).toHaveAttribute("href", /^https:/);
});

test("the form builds a definition from nothing", async ({ editor, page }) => {
  await editor.paste("{}");
  await editor.show("Form");
  await page.getByLabel("Name", { exact: true }).fill("from_nothing");
  await page.getByLabel("Language").fill("en_US");
  await page.getByLabel("Category").selectOption("UTILITY");
  await page.getByRole("button", { name: "+ Footer" }).click();
  await page.getByRole("button", { name: "+ Body" }).click();
  await page.getByRole("region", { name: "Body" }).getByLabel("Text").fill("Hi {{1}}, it is ready for you.");
  await page.getByRole("region", { name: "Body" }).getByLabel("{{1}}").fill("Ana");
  await page.getByRole("region", { name: "Footer" }).getByLabel("Text").fill("The garden shop");
  await page.getByRole("button", { name: "+ Buttons" }).click();
  await page.getByRole("button", { name: "+ Quick reply" }).click();
  await page.getByRole("button", { name: "+ Website" }).click();
  await page.locator('[data-path="components.2.buttons.0.text"]').getByRole("textbox").fill("Thank you");
  await page.locator('[data-path="components.2.buttons.1.text"]').getByRole("textbox").fill("See it");
  await page
    .locator('[data-path="components.2.buttons.1.url"]')
    .getByRole("textbox")
    .fill("https://shop.example/orders");
  await page.getByRole("button", { name: "Move up button 2" }).click();
  expect(JSON.parse(await editor.text())).toEqual({
    name: "from_nothing",
    language: "en_US",
    category: "UTILITY",
    components: [
      { type: "BODY", text: "Hi {{1}}, it is ready for you.", example: { body_text: [["Ana"]] } },
      { type: "FOOTER", text: "The garden shop" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "See it", url: "https://shop.example/orders" },
          { type: "QUICK_REPLY", text: "Thank you" },
        ],
      },
    ],
  });
  await expect(editor.verdict).toHaveText("Ready for Meta");
});

test("a button is moved up by the keyboard, press by press", async ({ editor, page }) => {
  await editor.paste(withReplies("moved", ["One", "Two", "Three"]));
  await editor.show("Form");
  await page.getByRole("button", { name: "Move up button 3" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const labels = page.getByLabel("Label", { exact: true });
  for (const [index, text] of ["Three", "One", "Two"].entries()) await expect(labels.nth(index)).toHaveValue(text);
  await expect(labels.first()).toBeFocused();
});

test("the text survives a reload, values and recipient do not", async ({ editor, page }) => {
  await editor.paste(definition("kept_over_reload"));
  await editor.parameter("body.1").fill("Ana's secret");
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("kept_over_reload");
  await expect(editor.parameter("body.1")).toHaveValue("");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain("secret");
});

test("a reload gives each of two tabs its own text", async ({ editor, page, context, stack }) => {
  await editor.paste(definition("first_tab"));
  const other = await context.newPage();
  await other.goto(stack.url);
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue("first_tab");
  await other.getByLabel("Name", { exact: true }).fill("second_tab");
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("first_tab");
  await other.reload();
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue("second_tab");
});

test("a sample takes the text's place, and one click brings it back", async ({ editor, page }) => {
  await editor.paste(definition("mine"));
  const mine = await editor.text();
  await page.getByLabel("Start from a sample").selectOption({ index: 2 });
  await expect.poll(() => editor.text()).not.toBe(mine);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => editor.text()).toBe(mine);
});

test("looking through samples, and work on one of them, lose nothing", async ({ editor, page }) => {
  const sample = page.getByLabel("Start from a sample");
  const undo = page.getByRole("button", { name: "Undo" });
  const name = page.getByLabel("Name", { exact: true });
  await editor.paste(definition("mine"));
  await editor.show("Form");
  await sample.selectOption({ index: 2 });
  await sample.selectOption({ index: 3 });
  await undo.click();
  await expect(name).toHaveValue("mine");
  await expect(undo).toHaveCount(0);
  await sample.selectOption({ index: 2 });
  await name.fill("made_of_a_sample");
  await undo.click();
  await expect(name).toHaveValue("mine");
  await undo.click();
  await expect(name).toHaveValue("made_of_a_sample");
});
