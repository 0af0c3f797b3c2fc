/** One WhatsApp Business Account's definitions by (name, language), each with an epoch that rises when it changes. */

import { DurableObject } from "cloudflare:workers";
import { type Env, settingsOf } from "./env.ts";
import { fetchTemplates, type GraphTemplate } from "./graph.ts";
import { sha256Hex } from "./hash.ts";
import { describe, log } from "./log.ts";
import type { KnownDefinition } from "./ledger/types.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS definitions (
  name       TEXT NOT NULL,
  language   TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  hash       TEXT,          -- NULL: Meta does not know the template, or its definition was not fetched since a webhook
  text       TEXT,
  fetched_at INTEGER,       -- NULL: to be fetched before its next use
  PRIMARY KEY (name, language)
) WITHOUT ROWID;
-- When each app secret last signed a webhook of this account, by the name that health gives it.
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
`;

/** A name that Meta does not know is asked for again after this long, not for every request. */
const UNKNOWN_TTL_MS = 5_000;

/** How often a definition is fetched that changes while it is. */
const TRIES = 3;

interface CachedRow {
  epoch: number;
  hash: string | null;
  text: string | null;
  fetched_at: number | null;
}

export class Catalogue extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(SCHEMA);
  }

  /** The definition; null when Meta does not know the template; `"unreachable"` when nobody can say. */
  async find(
    wabaId: string,
    name: string,
    language: string,
    /** An epoch that a ledger knows already: of another account, when the number belonged to that. From there it goes on. */
    atLeast = 0,
  ): Promise<KnownDefinition | null | "unreachable"> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const found = await this.#find(wabaId, name, language);
      if (found === "outdated") continue;
      if (found === null || found === "unreachable" || found.epoch >= atLeast) return found;
      this.#sql.exec("UPDATE definitions SET epoch = ? WHERE name = ? AND language = ?", atLeast, name, language);
      return { ...found, epoch: atLeast };
    }
    return "unreachable";
  }

  async #find(
    wabaId: string,
    name: string,
    language: string,
  ): Promise<KnownDefinition | null | "unreachable" | "outdated"> {
    const now = Date.now();
    const cached = this.#cached(name, language);
    const { templateTtlMs } = settingsOf(this.env);
    const ttl = cached?.hash === null ? Math.min(UNKNOWN_TTL_MS, templateTtlMs) : templateTtlMs;
    if (cached !== undefined && cached.fetched_at !== null && Math.abs(now - cached.fetched_at) < ttl)
      return known(name, language, cached);

    try {
      const templates = await fetchTemplates(this.env, wabaId, name);
      // Meta's filter finds parts of names, too.
      const found = templates.find((template) => template.name === name && template.language === language);
      // What a webhook told meanwhile may be newer than what was fetched.
      if (!(await this.#keep(name, language, found, cached?.epoch, now))) return "outdated";
    } catch (error) {
      log("catalogue_unreachable", { error: describe(error) });
      // A definition that nobody has called outdated is better than no sending at all; Meta has the last word anyway.
      const usable = cached !== undefined && cached.fetched_at !== null && cached.hash !== null;
      return usable ? known(name, language, cached) : "unreachable";
    }
    const fetched = this.#cached(name, language);
    return fetched === undefined ? null : known(name, language, fetched);
  }

  /** All templates of the account, fetched now. */
  async list(wabaId: string, name?: string): Promise<{ templates: GraphTemplate[] } | { failed: string }> {
    try {
      const epochs = this.#epochs();
      const templates = await fetchTemplates(this.env, wabaId, name);
      const now = Date.now();
      for (const template of templates) {
        const { name: own, language } = template;
        await this.#keep(own, language, template, epochs.get(`${own}/${language}`), now);
      }
      return { templates };
    } catch (error) {
      log("catalogue_unreachable", { error: describe(error) });
      return { failed: error instanceof Error ? error.message : "the Graph API failed" };
    }
  }

  /** A webhook or a person changed a template: raises its epoch, fetches it before its next use. Answers the epochs. */
  outdate(name: string, language: string): number {
    const [row] = this.#sql
      .exec(
        `INSERT INTO definitions (name, language, epoch) VALUES (?, ?, 1)
         ON CONFLICT DO UPDATE SET epoch = epoch + 1, fetched_at = NULL RETURNING epoch`,
        name,
        language,
      )
      .toArray();
    return row?.epoch as number;
  }

  /** An app secret, by its name in health, signed a webhook. */
  noteSecret(name: string, at: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO secrets (name, at) VALUES (?, ?)", name, at);
  }

  /** When each secret last signed. */
  secretsSeen(): Record<string, number> {
    const rows = this.#sql.exec("SELECT name, at FROM secrets").toArray();
    return Object.fromEntries(rows.map((row) => [row.name as string, row.at as number]));
  }

  /** Keeps what was fetched when the epoch was `asked`; false when it has risen since. */
  async #keep(
    name: string,
    language: string,
    template: GraphTemplate | undefined,
    asked: number | undefined,
    now: number,
  ): Promise<boolean> {
    const text = template === undefined ? null : JSON.stringify(template);
    const hash = text === null ? null : await sha256Hex(judged(template as GraphTemplate));
    const before = this.#cached(name, language);
    // Two that fetch at once may find a change that no webhook told: the second finds what the first has stored.
    const isStored = before !== undefined && before.fetched_at !== null && before.hash === hash;
    if (before?.epoch !== asked && !isStored) return false;
    // A change that no webhook told counts as one, too.
    const changed = before !== undefined && before.fetched_at !== null && before.hash !== hash;
    const epoch = before === undefined ? 1 : before.epoch + (changed ? 1 : 0);
    this.#sql.exec(
      "INSERT OR REPLACE INTO definitions (name, language, epoch, hash, text, fetched_at) VALUES (?, ?, ?, ?, ?, ?)",
      name,
      language,
      epoch,
      hash,
      text,
      now,
    );
    return true;
  }

  #epochs(): Map<string, number> {
    const rows = this.#sql.exec("SELECT name, language, epoch FROM definitions").toArray();
    return new Map(rows.map(({ name, language, epoch }) => [`${name}/${language}`, epoch as number]));
  }

  #cached(name: string, language: string): CachedRow | undefined {
    const rows = this.#sql
      .exec("SELECT epoch, hash, text, fetched_at FROM definitions WHERE name = ? AND language = ?", name, language)
      .toArray();
    return rows[0] as unknown as CachedRow | undefined;
  }
}

function known(name: string, language: string, { epoch, hash, text }: CachedRow): KnownDefinition | null {
  return hash === null || text === null ? null : { name, language, epoch, hash, text };
}

/** What a verdict depends on: a new quality score is no new definition. */
function judged({ quality_score: _, ...template }: GraphTemplate): string {
  return JSON.stringify(template);
}
