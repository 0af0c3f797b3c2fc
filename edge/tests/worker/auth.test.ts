import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../src/http/app.ts";
import { tenantOf } from "../../src/http/auth.ts";
import { fetchWorker, problemOf } from "./client.ts";
import { API_KEY, OTHER_API_KEY } from "./settings.ts";

/** Every address that the router knows, but the two that have their own proof: Meta's. */
const KNOWN = Object.entries(ROUTES)
  .filter(([path]) => path !== "/webhook")
  .flatMap(([path, handlers]) => Object.keys(handlers).map((method) => [method, filled(path)] as const));
const ASKED: (readonly [string, string])[] = [
  ...KNOWN,
  ["GET", "/v1/what-is-not-there"],
  ["DELETE", "/v1/deliveries"],
  ["POST", "/metrics"],
  ["GET", "/v1/"],
  ["GET", "/v1/deliveries/../health"],
  ["GET", "/v1//health"],
];

function filled(path: string): string {
  return path.replace(":action", "pause").replace(/:[a-z]+/g, "10aa");
}

test("the routes of the API are all of these", () => {
  expect(KNOWN.map(([method, path]) => `${method} ${path}`)).toEqual([
    "POST /v1/check",
    "GET /v1/deliveries",
    "POST /v1/deliveries",
    "GET /v1/deliveries/10aa",
    "POST /v1/deliveries/10aa/pause",
    "GET /v1/campaigns/10aa",
    "POST /v1/campaigns/10aa/pause",
    "POST /v1/senders/10aa/pause",
    "GET /v1/templates",
    "POST /v1/templates",
    "POST /v1/templates/10aa/10aa/pause",
    "GET /v1/suppressions",
    "POST /v1/suppressions",
    "DELETE /v1/suppressions",
    "DELETE /v1/recipients",
    "GET /v1/summary",
    "GET /v1/events",
    "GET /v1/health",
    "GET /metrics",
  ]);
});

describe("every route of the API wants a key", () => {
  const bad: [string, string | undefined][] = [
    ["none", undefined],
    ["an empty one", ""],
    ["only the word", "Bearer"],
    ["a wrong one", "Bearer key-of-nobody"],
    ["another scheme", `Basic ${btoa(`tests:${API_KEY}`)}`],
    ["a good one and more", `Bearer ${API_KEY} ${API_KEY}`],
    ["the beginning of a good one", `Bearer ${API_KEY.slice(0, -1)}`],
    ["a very long one", `Bearer ${"k".repeat(10_000)}`],
    ["the digest of a good one", `Bearer ${"0".repeat(64)}`],
  ];
  for (const [method, path] of ASKED) {
    test(`${method} ${path}`, async () => {
      for (const [, authorization] of bad) {
        const response = await fetchWorker(path, {
          method,
          ...(authorization !== undefined && { headers: { authorization } }),
        });
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toContain("Bearer");
        await problemOf(response);
      }
    });
  }
});

test("a good key opens, and names its tenant", async () => {
  const tenant = (key: string) =>
    tenantOf(new Request("https://worker.test", { headers: { authorization: `Bearer ${key}` } }), env);
  expect(await tenant(API_KEY)).toBe("tests");
  expect(await tenant(OTHER_API_KEY)).toBe("other");
});

test("without configured keys nobody comes in", async () => {
  for (const API_KEYS of ["", "  ", "tests", "tests:abc", `:${"0".repeat(64)}`]) {
    const request = new Request("https://worker.test", { headers: { authorization: `Bearer ${API_KEY}` } });
    await expect(tenantOf(request, { ...env, API_KEYS })).rejects.toMatchObject({ kind: "not-configured" });
  }
});

test("a known address with another method says which it takes", async () => {
  const wrong: [string, string, string][] = [
    ["DELETE", "/v1/deliveries", "GET, POST"],
    ["PUT", "/v1/suppressions", "GET, POST, DELETE"],
    ["GET", "/v1/recipients", "DELETE"],
    ["GET", "/v1/campaigns/a/pause", "POST"],
    ["POST", "/v1/events", "GET"],
    ["POST", "/metrics", "GET"],
    ["PUT", "/webhook", "GET, POST"],
  ];
  for (const [method, path, allow] of wrong) {
    const response = await fetchWorker(path, { method, headers: { authorization: `Bearer ${API_KEY}` } });
    expect(response.status, `${method} ${path}`).toBe(405);
    expect(response.headers.get("allow")).toBe(allow);
    await problemOf(response);
  }
});

test("no answer tells a browser of another origin that it may read", async () => {
  const response = await fetchWorker("/v1/health", { method: "OPTIONS", headers: { origin: "https://evil.example" } });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});
