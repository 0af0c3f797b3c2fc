import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { tenantOf } from "../../src/http/auth.ts";
import { fetchWorker, problemOf } from "./client.ts";
import { API_KEY, OTHER_API_KEY } from "./settings.ts";

const ROUTES: [string, string][] = [
  ["POST", "/v1/check"],
  ["POST", "/v1/deliveries"],
  ["GET", "/v1/deliveries"],
  ["GET", "/v1/deliveries/10aa"],
  ["POST", "/v1/deliveries/10aa/cancel"],
  ["GET", "/v1/templates"],
  ["POST", "/v1/templates"],
  ["GET", "/v1/health"],
  ["GET", "/v1/what-is-not-there"],
  ["DELETE", "/v1/deliveries"],
];

describe("every /v1 route wants a key", () => {
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
  for (const [method, path] of ROUTES) {
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

test("no answer tells a browser of another origin that it may read", async () => {
  const response = await fetchWorker("/v1/health", { method: "OPTIONS", headers: { origin: "https://evil.example" } });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});
