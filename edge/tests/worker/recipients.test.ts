/** However somebody's number is written, it is theirs: for pacing, for the list of suppressions, for being forgotten. */

import { Template } from "wa-preflight";
import { expect, test } from "vitest";
import { normalized } from "../../src/ledger/recipients.ts";
import { call } from "./client.ts";
import { SENDER } from "./settings.ts";

const NUMBER = "+15551234567";
const FILLERS = [
  ...[" ", "-", ".", "(", ")", "/", "\u00a0", "\u202f", "\u200b", "\u200e", "\u200f", "\ufeff"],
  ...["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015"],
  ...["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"],
];
const SPELLINGS = [
  ...[NUMBER, "15551234567", "0015551234567", "00 1 555 123 4567", " +1 (555) 123-4567 ", "+1 (0) 555 1234567"],
  ...["001 (0) 555 1234567", "\u202a+15551234567\u202c"],
  ...FILLERS.flatMap((filler) => [`+1${filler}5551234567`, `${filler}+15551234567`, `+15551234567${filler}`]),
];

test("every spelling that the core reads as a number is the number that it sends to", () => {
  const template = new Template({
    name: "hello",
    language: "en",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Your order is on its way." }],
  });
  for (const to of SPELLINGS) {
    const sent = JSON.parse(template.build({ to, values: {} })) as { to: string };
    expect(sent.to.replace("+", ""), JSON.stringify(to)).toBe(normalized(to));
    expect(normalized(to), JSON.stringify(to)).toBe(NUMBER.slice(1));
  }
});

test("what is no number stays as it is", () => {
  for (const name of ["US.13491208655302741918", "Y2FwaV9ncm91cDoxMjM0", "1+2", "++1", "", "+", "0", "00", "１５"])
    expect(normalized(name)).toBe(name);
});

test("somebody who wants no marketing gets none under any spelling", async () => {
  expect((await call("POST", "/v1/suppressions", { recipients: ["001 555 123 4567"] })).status).toBe(200);
  const messages = SPELLINGS.map((to, index) => ({
    key: `k${index}`,
    to,
    values: { "body.1": "20", "body.2": "garden chairs", "buttons.0": "SPRING20" },
  }));
  const response = await call("POST", "/v1/deliveries", {
    from: SENDER.phoneNumberId,
    template: { name: "coupon_drop", language: "en_US" },
    messages,
  });
  const { results } = (await response.json()) as { results: { state: string; diagnostics: { code: string }[] }[] };
  for (const [index, { state, diagnostics }] of results.entries()) {
    expect(state, JSON.stringify(SPELLINGS[index])).toBe("rejected");
    expect(diagnostics.map(({ code }) => code)).toContain("recipient-suppressed");
  }
});

test("an entry of the list is waited for when it ends before the message's deadline, and only then", async () => {
  const submit = async (key: string, until: number, change: object = {}) => {
    await call("POST", "/v1/suppressions", { recipients: ["+15551230001"], until });
    const response = await call("POST", "/v1/deliveries", {
      ...{ from: SENDER.phoneNumberId, template: { name: "coupon_drop", language: "en_US" }, ...change },
      dryRun: true,
      messages: [{ key, to: "+15551230001", values: { "body.1": "20", "body.2": "chairs", "buttons.0": "SPRING20" } }],
    });
    const { results } = (await response.json()) as { results: { state: string }[] };
    await call("DELETE", "/v1/suppressions", { recipient: "+15551230001" });
    return results[0]?.state;
  };
  const day = 86_400_000;
  const now = Date.now();
  expect(await submit("a", now + 2 * day)).toBe("valid");
  // Marketing is given up after three days, when nobody says until when.
  expect(await submit("b", now + 4 * day)).toBe("rejected");
  expect(await submit("c", now + 4 * day, { sendAt: now + 3 * day })).toBe("valid");
  expect(await submit("d", now + 2 * day, { expiresAt: now + day })).toBe("rejected");
});
