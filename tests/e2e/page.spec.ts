/** The page itself: without a key, with a wrong one, on small screens, by keyboard, for screen readers. */

import { readFileSync } from "node:fs";
import { definition, Editor, expect, test } from "./support.ts";

test("without a key everything but sending works, and the page says so", async ({ page, stack }) => {
  await page.goto(stack.url);
  const editor = new Editor(page);
  await expect(page.getByText("Sending needs the Worker's key.")).toBeVisible();
  await editor.paste(definition("without_key"));
  await expect(editor.verdict).toHaveText("Ready for Meta");
  await editor.parameter("body.1").fill("Ana");
  await expect(editor.bubble).toContainText("Hi Ana");
});

test("a wrong key is said to be wrong", async ({ page, stack, complaints }) => {
  await page.goto(`${stack.url}/#key=not-the-key`);
  await expect(page.getByText("The Worker does not know this key.")).toBeVisible();
  // Chromium itself notes the 401 in the console.
  complaints.all = complaints.all.filter((text) => !text.includes("401"));
});

test("a key that no header takes is wrong, and no Worker is away", async ({ page, stack }) => {
  await page.goto(stack.url);
  await page.getByLabel("Worker key").fill("a—key");
  await page.getByRole("button", { name: "Connect" }).click();
  await expect(page.getByText("The Worker does not know this key.")).toBeVisible();
});

for (const width of [360, 768, 1100, 1440]) {
  test(`nothing is wider than a screen of ${width} pixels`, async ({ editor, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await editor.page.getByLabel("Start from a sample").selectOption({ index: 4 });
    const narrow = width < 1_100;
    for (const panel of ["Definition", "Message", "Preview", "Payload", "Batch", "Deliveries"]) {
      if (narrow) await page.getByRole("navigation").getByRole("button", { name: panel }).click();
      await expect(page.getByRole("region", { name: panel, exact: true })).toBeVisible();
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .filter((element) => getComputedStyle(element).clipPath === "none")
          .map((element) => `${element.tagName}.${element.className}`),
      );
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(scrolls, `${panel}: ${wide.join(", ")}`).toBe(false);
    }
  });
}

test("a long word makes nothing wider than the screen", async ({ editor, page }) => {
  const word = "Donaudampfschifffahrtsgesellschaft".repeat(9);
  const buttons = [{ type: "QUICK_REPLY", text: word }];
  const body = { type: "BODY", text: `${word} {{1}} ${word}`, example: { body_text: [[word]] } };
  await editor.paste(definition("long_word", { components: [body, { type: "BUTTONS", buttons }] }));
  await editor.show("Form");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.setViewportSize({ width: 360, height: 800 });
  for (const panel of ["Definition", "Message", "Preview", "Payload"]) {
    await page.getByRole("navigation").getByRole("button", { name: panel }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), panel).toBe(true);
  }
});

test("every control has a name, and the page its landmarks", async ({ editor, page }) => {
  await editor.paste(definition("named_controls"));
  await editor.show("Form");
  await page.getByLabel("Start from a sample").selectOption({ index: 2 });
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("input, select, textarea, button, a[href]")]
      .filter((control) => {
        const labels = control.labels?.length ?? 0;
        const own = control.getAttribute("aria-label") ?? "";
        const text = control.matches("button, a") ? (control.textContent ?? "").trim() : "";
        return labels === 0 && own === "" && text === "";
      })
      .map((control) => control.outerHTML.slice(0, 120)),
  );
  expect(nameless).toEqual([]);
  for (const landmark of ["banner", "main"] as const) await expect(page.getByRole(landmark)).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  expect(new Set(ids).size, "ids are unique").toBe(ids.length);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`text stands out enough in the ${colorScheme} theme`, async ({ editor, page }) => {
    // A colour on its way from one to another is neither.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.getByLabel("Start from a sample").selectOption({ index: 4 });
    await editor.show("Form");
    expect(await page.evaluate(faint), "a template of texts").toEqual([]);
    for (const name of ["carousel_images", "limited_time_offer_code", "order_status", "multi_product"]) {
      await editor.paste(readFileSync(new URL(`../fixtures/definitions/${name}.json`, import.meta.url), "utf8"));
      expect(await page.evaluate(faint), name).toEqual([]);
    }
  });
}

test("the editor does not catch the Tab key", async ({ editor, page }) => {
  await editor.paste(definition("no_trap"));
  await editor.json.focus();
  await page.keyboard.press("Tab");
  await expect(editor.json).not.toBeFocused();
});

test("an error of the page is told, and the text stays", async ({ editor, page, complaints }) => {
  await editor.paste(definition("survives"));
  await page.evaluate(() =>
    setTimeout(() => {
      throw new Error("made by the test");
    }),
  );
  await expect(page.getByRole("alert")).toContainText("made by the test");
  expect(await editor.text()).toContain("survives");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.all = complaints.all.filter((text) => !text.includes("made by the test"));
});

/** Texts that stand out too little from what is behind them; runs in the page. */
function faint(): string[] {
  const parse = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r = 0, g = 0, b = 0]: number[]) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (x ?? 0) + 0.7152 * (y ?? 0) + 0.0722 * (z ?? 0);
  };
  const behind = (element: Element | null): number[] => {
    for (let here = element; here !== null; here = here.parentElement) {
      const colour = parse(getComputedStyle(here).backgroundColor);
      if (colour.length === 3 || (colour[3] ?? 0) === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const owns = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "");
    if (!owns || element.closest(":disabled") !== null || element.closest("option") !== null) continue;
    if ((element as HTMLElement).offsetParent === null) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${element.className}: ${element.textContent?.slice(0, 40)}`);
  }
  return found;
}
