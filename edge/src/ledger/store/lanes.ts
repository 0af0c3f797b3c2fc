/** Lanes: rows of one category, campaign and template, which are held or not held together. */

import { firstOf } from "./sql.ts";

export interface Lane {
  lane: number;
  category: string;
  /** The gate's name of the campaign; empty without one. */
  campaign: string;
  template: string;
  /** When its first row is due. */
  dueAt: number;
}

export class Lanes {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  of(category: string, campaign: string, template: string): number {
    const find = () =>
      firstOf(
        this.#sql,
        "SELECT lane FROM lanes WHERE category = ? AND campaign = ? AND template = ?",
        category,
        campaign,
        template,
      );
    const known = find();
    if (known !== undefined) return known.lane as number;
    this.#sql.exec("INSERT INTO lanes (category, campaign, template) VALUES (?, ?, ?)", category, campaign, template);
    return find()?.lane as number;
  }

  /** Whether a row of this template was ever submitted. */
  hasTemplate(template: string): boolean {
    return firstOf(this.#sql, "SELECT lane FROM lanes WHERE template = ? LIMIT 1", template) !== undefined;
  }

  /**
   * The lanes with queued rows. It jumps from lane to lane in the index: a million rows of one lane cost as much as one.
   */
  busy(): Lane[] {
    return this.#sql
      .exec(
        `WITH RECURSIVE busy (lane) AS (
           SELECT min(lane) FROM deliveries WHERE due_at IS NOT NULL
           UNION ALL
           SELECT (SELECT min(lane) FROM deliveries WHERE due_at IS NOT NULL AND lane > busy.lane) FROM busy WHERE lane IS NOT NULL)
         SELECT lanes.lane, category, campaign, template,
           (SELECT min(due_at) FROM deliveries WHERE lane = lanes.lane AND due_at IS NOT NULL) AS due_at
         FROM busy JOIN lanes ON lanes.lane = busy.lane`,
      )
      .toArray()
      .map((row) => ({
        lane: row.lane as number,
        category: row.category as string,
        campaign: row.campaign as string,
        template: row.template as string,
        dueAt: row.due_at as number,
      }));
  }
}
