/** What every table's file uses. */

export type SqlRow = Record<string, SqlStorageValue>;

export function firstOf(sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): SqlRow | undefined {
  return sql.exec(query, ...bindings).toArray()[0];
}

/** How many rows a statement of INSERT, UPDATE or DELETE took. */
export function changesOf(sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): number {
  return sql.exec(`${query} RETURNING 1`, ...bindings).toArray().length;
}
