/** The real stack behind the page, and the page as a person handles it. */

import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { KEY, Stack } from "../../edge/tests/e2e/stack.ts";

export { expect, KEY };

/** What a page said about itself that nobody should see. */
export interface Complaints {
  all: string[];
}

interface PerTest {
  editor: Editor;
  complaints: Complaints;
}

interface PerWorker {
  stack: Stack;
}

export const test = base.extend<PerTest, PerWorker>({
  stack: [
    async ({}, use) => {
      const stack = await Stack.start({ sandbox: { statusDelayMs: 150 } });
      await use(stack);
      await stack.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: Complaints = { all: [] };
      page.on("pageerror", (error) => complaints.all.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.all.push(message.text());
      });
      await use(complaints);
      expect(complaints.all, "what the page wrote to its console").toEqual([]);
    },
    { auto: true },
  ],
  editor: async ({ page, stack }, use) => {
    await page.goto(`${stack.url}/#key=${KEY}`);
    await expect(page.getByText("Connected", { exact: true })).toBeVisible();
    await use(new Editor(page));
  },
});

/** The page's parts, by what a person calls them. */
export class Editor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get json(): Locator {
    return this.page.getByRole("textbox", { name: "Definition as JSON" });
  }

  get problems(): Locator {
    return this.page.getByRole("region", { name: /^Problems/ });
  }

  get verdict(): Locator {
    return this.page.getByTestId("verdict");
  }

  get bubble(): Locator {
    return this.page.getByTestId("bubble");
  }

  get payload(): Locator {
    return this.page.getByTestId("payload");
  }

  get deliveries(): Locator {
    return this.page.getByRole("region", { name: "Deliveries" });
  }

  problem(code: string): Locator {
    return this.problems.locator(`[data-code="${code}"]`);
  }

  async show(view: "Form" | "JSON"): Promise<void> {
    await this.page.getByRole("button", { name: view, exact: true }).click();
  }

  /** Replaces the JSON text by pasting over it. */
  async paste(definition: object | string): Promise<void> {
    await this.show("JSON");
    await this.json.focus();
    await this.page.keyboard.press("Control+a");
    const text = typeof definition === "string" ? definition : JSON.stringify(definition, null, 2);
    if (text === "") {
      await this.page.keyboard.press("Delete");
      return;
    }
    await this.json.evaluate((editor, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** The JSON text as it is kept: the one document behind both views. */
  text(): Promise<string> {
    return this.page.evaluate(() => localStorage.getItem("wa-preflight.definition") ?? "");
  }

  value(label: string): Locator {
    return this.page.getByRole("region", { name: "Message" }).getByLabel(label);
  }

  parameter(key: string): Locator {
    return this.page.locator(`[data-key="${key}"]`).getByRole("textbox");
  }
}

/** An own definition per test, so that none finds another's template. */
export function definition(name: string, members: object = {}): { [member: string]: unknown; name: string } {
  return {
    name,
    language: "en_US",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Hi {{1}}, your order {{2}} is on its way to you.",
        example: { body_text: [["Ana", "A-1042"]] },
      },
    ],
    ...members,
  };
}
