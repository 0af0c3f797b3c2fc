/** Numbers as one reads them. */

const grouped = new Intl.NumberFormat("en");

export const number = (value: number): string => grouped.format(value);

export const rows = (count: number): string => `${number(count)} ${count === 1 ? "row" : "rows"}`;

export function megabytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
