/** The message that the recipient will see: the bubble, with the cards of a carousel below it. */

import type { Preview } from "wa-preflight";
import { compiled } from "../document/document.ts";
import { preview } from "../message/message.ts";
import { Buttons, Header, Runs } from "./bubble_parts.tsx";
import { Cards } from "./cards.tsx";
import { CatalogTile, Offer, OrderDetails, OrderNews } from "./kinds.tsx";

/** Far more than Meta takes, and so much that a browser would take seconds to find the direction of each paragraph. */
const HUGE = 50_000;

export function PreviewPanel() {
  const shown = preview.value;
  const { current } = compiled.value;
  if (shown === undefined) return <p class="notice">There is nothing to show yet: the definition comes first.</p>;
  return (
    <div class={current ? "wallpaper" : "wallpaper stale"}>
      <Bubble shown={shown} />
      {shown.cards !== undefined && <Cards cards={shown.cards} />}
      {shown.asksToCall && <p class="bubble-ask">WhatsApp asks here whether you may call.</p>}
    </div>
  );
}

function Bubble({ shown }: { shown: Preview }) {
  const { header, offer, body, footer, order, buttons, tapTarget } = shown;
  const isHuge = body.reduce((length, { text }) => length + text.length, 0) > HUGE;
  return (
    <article class="bubble" aria-label="Message preview" data-testid="bubble">
      <CatalogTile buttons={buttons} />
      {header !== undefined && <Header header={header} />}
      {tapTarget !== undefined && (
        <div class="bubble-target">
          <span class="target-title">{tapTarget.title}</span>
          <span class="target-url">{tapTarget.url}</span>
        </div>
      )}
      {offer !== undefined && <Offer offer={offer} buttons={buttons} />}
      <OrderDetails buttons={buttons} />
      {body.length > 0 && (
        <div class={isHuge ? "bubble-body huge" : "bubble-body"}>
          <Runs runs={body} />
        </div>
      )}
      {order !== undefined && <OrderNews order={order} />}
      {footer !== undefined && (
        <div class="bubble-footer">
          <Runs runs={footer} />
        </div>
      )}
      <span class="bubble-time" aria-hidden="true">
        12:00
      </span>
      <Buttons buttons={buttons} />
    </article>
  );
}
