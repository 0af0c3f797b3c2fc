/** The JSON view of the definition. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Diagnostic } from "wa-preflight";
import { report, text } from "../document/document.ts";
import { jumpTo } from "../document/place.ts";
import { changeBetween } from "../shared/change.ts";
import { marksFor } from "./findings.ts";
import { theme } from "./theme.ts";

export function JsonEditor() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const view = open(host.current);
    const stops = [
      // One effect for both: findings have their places in the text that they were found in.
      effect(() => {
        const { diagnostics } = report.value;
        // An edit from elsewhere: only what differs is replaced, so caret, folds and undo stay.
        const change = changeBetween(view.state.doc.toString(), text.value);
        if (change === undefined) mark(view, diagnostics);
        else view.dispatch({ changes: change });
      }),
      effect(() => {
        const range = jumpTo.value;
        // The panel may be shown only after this; a hidden editor cannot scroll or take the focus.
        if (range !== undefined) requestAnimationFrame(() => show(view, range));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      view.destroy();
    };
  }, []);
  return <div class="json-editor" ref={host} data-testid="json-editor" />;
}

function open(host: HTMLElement): EditorView {
  // Inside a shadow root the editor adopts its style sheets; in the document it would write <style> tags, which the page's
  // security policy refuses.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const place = document.createElement("div");
  place.style.height = "100%";
  root.replaceChildren(place);
  return new EditorView({
    parent: place,
    root,
    state: EditorState.create({
      doc: text.peek(),
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        EditorView.lineWrapping,
        json(),
        theme,
        // What the editor's edge would cut off opens on the other side of its line.
        tooltips({ position: "absolute", tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
        // Tab leaves the editor, as it leaves every other field.
        keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ "aria-label": "Definition as JSON", spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const typed = update.state.doc.toString();
          // Typed or pasted over by itself, a text is the same, and yet its marks are gone.
          if (typed === text.peek()) mark(update.view, report.peek().diagnostics);
          text.value = typed;
        }),
      ],
    }),
  });
}

function mark(view: EditorView, diagnostics: readonly Diagnostic[]): void {
  view.dispatch(setDiagnostics(view.state, marksFor(diagnostics, text.peek())));
}

function show(view: EditorView, { start, end }: { start: number; end: number }): void {
  const { length } = view.state.doc;
  const selection = { anchor: Math.min(start, length), head: Math.min(end, length) };
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
  view.focus();
}
