/** Where the person looks: the panel on a small screen, the view of the definition, a place to jump to. */

import { signal } from "@preact/signals";

export const PANELS = ["definition", "message", "preview", "payload", "batch", "deliveries"] as const;
export type Panel = (typeof PANELS)[number];
export const panel = signal<Panel>("definition");

export type View = "form" | "json";
export const view = signal<View>("form");

/** A range of the JSON text that the editor is to show and select. A new object each time, so that a second click works. */
export const jumpTo = signal<{ start: number; end: number } | undefined>(undefined);

export function jump(range: { start: number; end: number }): void {
  panel.value = "definition";
  view.value = "json";
  jumpTo.value = { ...range };
}
