/** Query strings: what an address does not know is told, and never passed over. */

import { describe, expect, test } from "vitest";
import dictionary from "../../../docs/delivery.json" with { type: "json" };
import { ROUTES } from "../../src/http/app.ts";
import { call, fetchWorker, problemOf } from "./client.ts";

const PARTS: Record<string, string> = { ":action": "pause", ":language": "en_US" };
const addressOf = (path: string) => path.replace(/:\w+/g, (part) => PARTS[part] ?? "10aa");

describe("a parameter that nobody knows", () => {
  const all = Object.entries(ROUTES)
    .filter(([path]) => path !== "/webhook")
    .flatMap(([path, handlers]) => Object.keys(handlers).map((method) => [method, addressOf(path)] as const));

  test.each(all)("%s %s", async (method, path) => {
    const action =
      path.endsWith("/pause") && path.startsWith("/v1/deliveries") ? path.replace("pause", "cancel") : path;
    const response = await call(method, `${action}?colour=red`, method === "GET" ? undefined : "{}");
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.detail).toContain("`colour`");
    expect(problem.diagnostics?.map((diagnostic) => diagnostic.path)).toEqual([["colour"]]);
  });

  test("is named with those that are known", async () => {
    const { detail } = await problemOf(await call("GET", "/v1/deliveries?campain=spring"));
    for (const name of ["campain", "from", "state", "campaign", "limit", "cursor"])
      expect(detail).toContain(`\`${name}\``);
    const { diagnostics } = await problemOf(await call("GET", "/v1/deliveries?status=read&campain=spring"));
    expect(diagnostics?.map(({ path }) => path)).toEqual([["status"], ["campain"]]);
    expect((await problemOf(await call("POST", "/v1/deliveries?dryRun=true", "{}"))).detail).toContain("`dryRun`");
  });

  test("of a megabyte is not echoed, and one of Object's is none", async () => {
    const long = await call("GET", `/v1/summary?${"x".repeat(10_000)}=1`);
    expect(long.status).toBe(400);
    expect((await long.text()).length).toBeLessThan(1_000);
    for (const name of ["__proto__", "constructor", "toString"])
      expect((await call("GET", `/v1/summary?${name}=1`)).status, name).toBe(400);
  });

  test("Meta may add what it likes to its handshake", async () => {
    expect((await fetchWorker("/webhook?hub.mode=subscribe&colour=red")).status).toBe(403);
  });
});

describe("a value that is none", () => {
  test.each([
    ["/v1/deliveries?state=needs-attention", "state"],
    ["/v1/deliveries?state=READ", "state"],
    ["/v1/deliveries?state=", "state"],
    ["/v1/deliveries?campaign=", "campaign"],
    ["/v1/deliveries?state=read&state=sent", "state"],
    ["/v1/deliveries?limit=0", "limit"],
    ["/v1/deliveries?limit=many", "limit"],
    ["/v1/deliveries?cursor=nonsense", "cursor"],
    ["/v1/summary?from=", "from"],
    ["/v1/events?after=1.2.3", "after"],
    ["/v1/events?seconds=-1", "seconds"],
    ["/v1/health?probe=true", "probe"],
    ["/v1/suppressions?limit=1e3", "limit"],
  ])("%s", async (path, place) => {
    const response = await call("GET", path, undefined, { accept: "application/json" });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.diagnostics?.map((diagnostic) => diagnostic.path)).toEqual([[place]]);
    expect(problem.detail).toContain(`\`${place}\``);
  });

  test("a state is one of the dictionary's, and all of these are taken", async () => {
    const { detail } = await problemOf(await call("GET", "/v1/deliveries?state=needs-attention"));
    for (const { state } of dictionary.states) {
      expect(detail).toContain(`\`${state}\``);
      expect((await call("GET", `/v1/deliveries?state=${state}`)).status, state).toBe(200);
    }
  });
});
