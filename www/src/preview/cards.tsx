/** The cards of a carousel: swiped, scrolled, or gone through with the buttons below. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PreviewCard } from "wa-preflight";
import { Buttons, Header, Runs } from "./bubble_parts.tsx";

export function Cards({ cards }: { cards: readonly PreviewCard[] }) {
  const strip = useRef<HTMLOListElement>(null);
  const place = useSignal(0);
  const fits = useSignal(false);
  useLayoutEffect(() => {
    const list = strip.current;
    if (list === null) return undefined;
    const watch = new ResizeObserver(() => {
      fits.value = list.scrollWidth <= list.clientWidth + 1;
    });
    for (const watched of [list, ...list.children]) watch.observe(watched);
    return () => watch.disconnect();
  }, [cards.length]);
  const shown = Math.min(place.value, cards.length - 1);
  const go = (to: number) => {
    place.value = to;
    const card = strip.current?.children[to];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Only the strip moves: scrollIntoView would move the page, too.
    if (card instanceof HTMLElement)
      strip.current?.scrollTo({ left: card.offsetLeft - strip.current.offsetLeft, behavior: calm ? "auto" : "smooth" });
  };
  return (
    <section class="cards" aria-label="Cards">
      <ol
        class="card-strip"
        ref={strip}
        tabIndex={0}
        onKeyDown={(event) => {
          const ends: Record<string, number> = {
            ArrowLeft: shown - 1,
            ArrowRight: shown + 1,
            Home: 0,
            End: cards.length - 1,
          };
          const to = ends[event.key];
          if (to === undefined || event.currentTarget !== event.target) return;
          event.preventDefault();
          go(Math.max(0, Math.min(to, cards.length - 1)));
        }}
        aria-label={`${cards.length} cards`}
        onScroll={({ currentTarget }) => {
          const width = currentTarget.firstElementChild?.clientWidth ?? 1;
          const atEnd = currentTarget.scrollLeft + currentTarget.clientWidth >= currentTarget.scrollWidth - 2;
          place.value = atEnd ? cards.length - 1 : Math.round(currentTarget.scrollLeft / (width + 8));
        }}
      >
        {cards.map((card) => (
          <li class="card" aria-label={`Card ${card.index + 1}`} key={card.index}>
            {card.header !== undefined && <Header header={card.header} />}
            {card.body.length > 0 && (
              <div class="bubble-body">
                <Runs runs={card.body} />
              </div>
            )}
            <Buttons buttons={card.buttons} />
          </li>
        ))}
      </ol>
      <div class="card-steps" hidden={fits.value}>
        <button type="button" class="quiet" disabled={shown === 0} onClick={() => go(shown - 1)}>
          <span aria-hidden="true">‹</span>
          <span class="unseen">Previous card</span>
        </button>
        <span class="card-place">
          {shown + 1} of {cards.length}
        </span>
        <button type="button" class="quiet" disabled={shown === cards.length - 1} onClick={() => go(shown + 1)}>
          <span aria-hidden="true">›</span>
          <span class="unseen">Next card</span>
        </button>
      </div>
    </section>
  );
}
