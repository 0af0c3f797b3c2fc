/** A campaign's file: dropped, mapped, judged off the main thread, told row by row, downloaded. */

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { definition, expect, test } from "./support.ts";

const panelOf = (page: Page): Locator => page.getByRole("region", { name: "Batch", exact: true });

async function choose(page: Page, name: string, text: string | Buffer): Promise<Locator> {
  const panel = panelOf(page);
  await panel
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text as string) });
  return panel;
}

async function judge(panel: Locator): Promise<void> {
  await panel.getByRole("button", { name: /^Judge/ }).click();
  await expect(panel.getByTestId("accepted")).toBeVisible();
}

test("a spreadsheet's columns are mapped, its rows judged and told, its payloads downloaded", async ({
  editor,
  page,
}) => {
  await editor.paste(definition("campaign"));
  const csv = [
    "\ufeffphone;body_1;Bodi.2;Notes",
    "0612345678;Ana;A-1;vip",
    '0612345679;"Bob\nSmith";A-2;',
    "12;Zoë;A-3;",
    "+33612345670;Ida;;",
    "0612345678;Ana;A-5;again",
  ].join("\r\n");
  const panel = await choose(page, "spring.csv", csv);
  await expect(panel.getByLabel("phone")).toHaveValue("to");
  await expect(panel.getByLabel("body_1")).toHaveValue("body.1");
  await expect(panel.getByLabel("Bodi.2")).toHaveValue("body.2");
  await expect(panel.getByLabel("Notes")).toHaveValue("");
  await expect(panel.getByText("suggested by its name")).toHaveCount(3);
  await expect(panel.getByText("0612345678", { exact: true })).toBeVisible();

  await panel.getByLabel("Country of numbers").fill("XX");
  await expect(panel.locator(".setting-refused")).toContainText("defaultCountry");
  await expect(panel.getByRole("button", { name: /^Judge/ })).toBeDisabled();
  await panel.getByLabel("Country of numbers").fill("fr");
  await judge(panel);

  await expect(panel.getByTestId("accepted")).toHaveText("3");
  await expect(panel.getByTestId("rejected")).toHaveText("2");
  await expect(panel.getByTestId("changed")).toHaveText("1");
  const byRule = panel.getByRole("region", { name: "By rule" });
  await expect(byRule.locator('[data-code="recipient-repeated"]')).toContainText("a recipient with two rows");
  await expect(byRule.locator('[data-code="recipient-repeated"] .rule-count')).toHaveText("1");
  const third = panel.locator('[data-row="2"]');
  // Of the second row the quotes hold a line break, so its record and the file's lines are apart.
  await expect(third).toContainText("line 5");
  await expect(third).toContainText("12 is not a phone number");
  await expect(third).toContainText("with its country code");
  await expect(panel.locator('[data-row="3"]')).toContainText("+33612345670");
  await expect(panel.locator('[data-row="3"]')).toContainText("body.2");

  const payloads = await downloadOf(page, panel.getByRole("link", { name: /Download 3 payloads/ }));
  expect(payloads.name).toBe("spring.payloads.ndjson");
  const sent = payloads.text.trimEnd().split("\n");
  expect(sent.map((line) => JSON.parse(line).to)).toEqual(["+33612345678", "+33612345679", "+33612345678"]);
  expect(JSON.parse(sent[1] ?? "").template.components[0].parameters[0].text).toBe("Bob Smith");
  const rejected = await downloadOf(page, panel.getByRole("link", { name: "Download the rejected rows" }));
  expect(rejected.name).toBe("spring.rejected.csv");
  const lines = rejected.text.trimEnd().split("\r\n");
  expect(lines[0]).toBe("\ufeffrow,line,recipient,severity,rule,parameter,what is wrong,what to do");
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 5))).toEqual([
    ["3", "5", "", "error", "to-malformed"],
    ["4", "6", "+33612345670", "error", "value-missing"],
  ]);
});

test("a policy for repeats, a column left out, and a default for every row", async ({ editor, page }) => {
  await editor.paste(definition("settings"));
  const panel = await choose(page, "rows.csv", "to,body.1,body.2\n+33612345678,Ana,A-1\n+33612345678,Bob,A-2\n");
  await panel.getByLabel("A recipient’s second row").selectOption("error");
  await judge(panel);
  await expect(panel.getByTestId("rejected")).toHaveText("1");
  await expect(panel.locator('[data-row="1"]')).toContainText("+33612345678");

  await panel.getByLabel("A recipient’s second row").selectOption("off");
  await panel.getByLabel("body.2", { exact: true }).selectOption("");
  await expect(panel.getByText("have changed since: judge the file again")).toBeVisible();
  await expect(panel.getByRole("link", { name: /Download/ })).toHaveCount(0);
  await judge(panel);
  await expect(panel.getByTestId("rejected")).toHaveText("2");

  await panel.locator('[data-key="body.2"]').getByRole("textbox").fill("the same for all");
  await judge(panel);
  await expect(panel.getByTestId("accepted")).toHaveText("2");
  const { text } = await downloadOf(page, panel.getByRole("link", { name: /Download 2 payloads/ }));
  expect(text.split("the same for all").length - 1).toBe(2);
});

test("what was written for one file's rows fills in no cell of another's", async ({ editor, page }) => {
  await editor.paste(definition("two_files"));
  const panel = await choose(page, "first.csv", "to,body.1\n+33612345678,Ana\n");
  const everyRow = panel.locator('[data-key="body.2"] textarea');
  await everyRow.fill("A-1");
  await judge(panel);
  await expect(panel.getByTestId("accepted")).toHaveText("1");
  await panel.getByRole("button", { name: "Other file" }).click();
  await choose(page, "second.csv", "to,body.1,body.2\n+33612345678,Ana,\n");
  await expect(everyRow).toHaveCount(0);
  await judge(panel);
  await expect(panel.getByTestId("rejected")).toHaveText("1");
  await expect(panel.locator('[data-row="0"]')).toContainText("body.2");
  // What is folded away is counted.
  await panel.getByRole("button", { name: "Other file" }).click();
  await choose(page, "third.ndjson", '{"to":"+33612345678","values":{"body.1":"Ana"}}\n');
  await expect(panel.getByText("Values for every row that gives none (1 given)")).toBeVisible();
});

test("lines of JSON need no columns, and an old encoding is said and read", async ({ editor, page }) => {
  await editor.paste(definition("formats"));
  const lines = [
    '{"to":"+33612345678","body.1":"Ana","body.2":"A-1"}',
    '{"to":"+33612345679","values":{"body.1":"Bo"}}',
  ];
  const panel = await choose(page, "rows.ndjson", lines.join("\n"));
  await judge(panel);
  await expect(panel.getByTestId("accepted")).toHaveText("1");
  await expect(panel.locator('[data-row="1"]')).toContainText("body.2");

  await panel.getByRole("button", { name: "Other file" }).click();
  const old = Buffer.from("to,body.1,body.2\n+33612345678,Zo\u00eb,A-1\n", "latin1");
  await choose(page, "old.csv", old);
  await judge(panel);
  await expect(panel.locator('[data-row="0"]')).toContainText("windows-1252");
  await panel.getByLabel("Encoding").selectOption("windows-1252");
  await judge(panel);
  await expect(panel.getByTestId("accepted")).toHaveText("1");
  const { text } = await downloadOf(page, panel.getByRole("link", { name: /Download 1 payload/ }));
  expect(text).toContain('"text":"Zoë"');
});

test("a file may be dropped, also on another, and beside the panel does no harm", async ({ editor, page }) => {
  await editor.paste(definition("dropped"));
  const carrying = (name: string) =>
    page.evaluateHandle((named) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["to,body.1,body.2\n+33612345678,Ana,A-1\n"], named));
      return transfer;
    }, name);
  const zone = panelOf(page).locator(".drop-zone");
  for (const name of ["dropped.csv", "another.csv"]) {
    await zone.dispatchEvent("drop", { dataTransfer: await carrying(name) });
    await expect(panelOf(page).getByText(name)).toBeVisible();
  }
  await expect(panelOf(page).getByLabel("body.1", { exact: true })).toHaveValue("body.1");
  // What the page does not stop, the browser does: it opens the file in the page's place.
  const isStopped = await page.evaluate(
    (dataTransfer) =>
      ["dragover", "drop"].map((type) => {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector("h1")?.dispatchEvent(event);
        return event.defaultPrevented;
      }),
    await carrying("missed.csv"),
  );
  expect(isStopped).toEqual([true, true]);
  await expect(panelOf(page).getByText("another.csv")).toBeVisible();
});

test("a table of thousands of columns shows those that count", async ({ editor, page }) => {
  await editor.paste(definition("wide"));
  const names = [...Array.from({ length: 3_000 }, (_, index) => `c${index}`), "to", "body.1", "body.2"];
  const panel = await choose(page, "wide.csv", `${names.join(",")}\n`);
  await expect(panel.getByText("This file has 3,003 columns.")).toBeVisible();
  await expect(panel.locator("tbody tr")).toHaveCount(203);
  await expect(panel.getByLabel("body.2", { exact: true })).toHaveValue("body.2");
});

test("200,000 rows leave the page answering, and are cancelled at once", async ({ editor, page }) => {
  await editor.paste(definition("large"));
  const panel = panelOf(page);
  await page.evaluate(() => {
    let text = "to,body.1,body.2\n";
    for (let row = 0; row < 200_000; row += 1)
      text += `+336${10_000_000 + row},Ana,${row % 1_000 === 7 ? "" : `A-${row}`}\n`;
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "large.csv"));
    const input = document.querySelector<HTMLInputElement>(".drop input");
    if (input === null) throw new Error("there is no place for a file");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    // The longest time in which the page did not answer.
    const gaps = { longest: 0, last: performance.now() };
    Object.assign(window, { gaps });
    setInterval(() => {
      const now = performance.now();
      gaps.longest = Math.max(gaps.longest, now - gaps.last);
      gaps.last = now;
    }, 5);
  });
  await expect(panel.getByText("large.csv")).toBeVisible();
  // Cancelled from inside, as soon as it can be: on a quick machine all is judged before a click from outside arrives.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const cancel = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Cancel");
      if (cancel === undefined || document.querySelector("progress, [role=progressbar]") === null) return;
      observer.disconnect();
      cancel.click();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  await panel.getByRole("button", { name: /^Judge/ }).click();
  await expect(panel.getByText(/^Cancelled after/)).toBeVisible();
  await expect(panel.getByTestId("accepted")).toHaveCount(0);

  await page.evaluate(() => {
    const { gaps } = window as unknown as { gaps: { longest: number; last: number } };
    gaps.longest = 0;
    gaps.last = performance.now();
  });
  await judge(panel);
  const longest = await page.evaluate(() => (window as unknown as { gaps: { longest: number } }).gaps.longest);
  await expect(panel.getByTestId("accepted")).toHaveText("199,800");
  await expect(panel.getByTestId("rejected")).toHaveText("200");
  await expect(panel.locator(".rejected-rows li[data-row]")).toHaveCount(10);
  // On the main thread the whole judgement would be one gap; a laden machine of two cores makes some of its own.
  expect(longest).toBeLessThan(400);
});

async function downloadOf(page: Page, link: Locator): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent("download");
  await link.click();
  const download = await waiting;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("a workbook is called one, and nothing is asked about columns that it does not have", async ({ editor, page }) => {
  await editor.paste(definition("campaign"));
  const panel = await choose(
    page,
    "spring.xlsx",
    Buffer.from("PK\x03\x04\x14\0\x06\0xl/workbook.xml\n\0,\n", "latin1"),
  );
  await expect(panel.getByRole("alert")).toContainText("Save it there as CSV (UTF-8)");
  await expect(panel.getByRole("button", { name: /^Judge/ })).toHaveCount(0);
  await expect(panel.locator("table")).toHaveCount(0);
  await panel.getByRole("button", { name: "Other file" }).click();
  await choose(page, "spring.csv", "to,body.1,body.2\n+33612345678,Ana,A-1\n");
  await judge(panel);
  await expect(panel.getByTestId("accepted")).toHaveText("1");
});
