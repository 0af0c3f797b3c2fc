/** R47: the pinned version of the Graph API is one that still answers. */

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { Template } from "wa-preflight";
import { sendMessage } from "wa-preflight/edge";
import { GRAPH_VERSIONS, lifeOf, WARN_DAYS } from "../../src/graph-versions.ts";

const DAY = 86_400_000;

describe("the version that is pinned", () => {
  const check = (where: string, version: string) => {
    const life = lifeOf(version, Date.now());
    expect(life.state, `${where}: add ${version} to src/graph-versions.ts, with its source`).not.toBe("unlisted");
    expect(life.state, `${where}: ${version} ended on ${life.until}: pin a later one`).not.toBe("ended");
    if (life.state === "ending") console.warn(`${where}: ${version} ends in ${life.daysLeft} days, on ${life.until}`);
  };

  test("in wrangler.jsonc", () => check("GRAPH_VERSION", env.GRAPH_VERSION));

  test("in the package, and it is the same", async () => {
    const template = new Template({
      ...{ name: "hello", language: "en", category: "UTILITY" },
      components: [{ type: "BODY", text: "Hello." }],
    });
    let asked = "";
    await sendMessage(
      template,
      { to: "+15550000001" },
      {
        phoneNumberId: "1",
        token: "t",
        fetch: (async (url: string) => {
          asked = url;
          return Response.json({});
        }) as typeof fetch,
      },
    );
    const version = new URL(asked).pathname.split("/")[1] ?? "";
    check("js/edge.js", version);
    expect(version).toBe(env.GRAPH_VERSION);
  });
});

describe("the life of a version", () => {
  const end = Date.parse(GRAPH_VERSIONS["v25.0"]?.until ?? "");

  test("counts its days, and warns in time", () => {
    expect(lifeOf("v25.0", end - WARN_DAYS * DAY)).toMatchObject({ state: "supported", daysLeft: WARN_DAYS });
    expect(lifeOf("v25.0", end - WARN_DAYS * DAY + 1)).toMatchObject({ state: "ending", daysLeft: WARN_DAYS - 1 });
    expect(lifeOf("v25.0", end)).toMatchObject({ state: "ending", daysLeft: 0 });
    expect(lifeOf("v25.0", end + 1)).toMatchObject({ state: "ended", until: "2028-07-29" });
  });

  test("has no end yet, or is not known", () => {
    expect(lifeOf("v26.0", end)).toEqual({ version: "v26.0", state: "open" });
    for (const version of ["v1.0", "v99.0", "constructor", ""]) expect(lifeOf(version, end).state).toBe("unlisted");
  });

  test("every row is a date after its introduction, newest first", () => {
    const rows = Object.entries(GRAPH_VERSIONS);
    expect(rows.length).toBeGreaterThan(5);
    for (const [index, [version, { introduced, until }]] of rows.entries()) {
      expect(version).toMatch(/^v\d+\.0$/);
      if (until !== null) expect(Date.parse(until)).toBeGreaterThan(Date.parse(introduced));
      const [, newer] = rows[index - 1] ?? [];
      if (newer !== undefined) expect(Date.parse(newer.introduced)).toBeGreaterThan(Date.parse(introduced));
    }
  });
});
