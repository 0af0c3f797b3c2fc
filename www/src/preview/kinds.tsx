/** What single kinds of templates show beside their texts: an offer's end and code, products, orders. */

import type { PreviewButton, PreviewOffer, PreviewOrder } from "wa-preflight";
import { outgoing } from "../message/message.ts";
import { at, listAt, textAt } from "../shared/json.ts";

/** Between header and body: the offer, when it ends, and the code that its button copies. */
export function Offer({ offer, buttons }: { offer: PreviewOffer; buttons: readonly PreviewButton[] }) {
  const coupon = buttons.find(({ kind }) => kind === "copy_code");
  return (
    <div class="bubble-offer" data-testid="offer">
      <span class="offer-sign" aria-hidden="true">
        %
      </span>
      <span class="offer-words">
        <strong>{offer.text}</strong>
        {offer.missing && <mark title="Not filled in yet">no end yet</mark>}
        {offer.expiresAt !== undefined && <OfferEnd moment={offer.expiresAt} />}
        {coupon !== undefined && (
          <span class="offer-code">
            Code{" "}
            {coupon.value === undefined ? <mark title="Not filled in yet">not filled in</mark> : <b>{coupon.value}</b>}
          </span>
        )}
      </span>
    </div>
  );
}

function OfferEnd({ moment }: { moment: number }) {
  const date = new Date(moment);
  // Seconds or microseconds in the place of milliseconds: the message's form says so.
  if (Number.isNaN(date.getTime())) return <mark>no moment</mark>;
  const shown = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" }).format(date);
  const left = moment - Date.now();
  return (
    <time dateTime={date.toISOString()} class={left <= 0 ? "offer-end over" : "offer-end"}>
      {left <= 0 ? `Ended ${shown}` : `Ends ${shown}, ${lengthOf(left)} left`}
    </time>
  );
}

function lengthOf(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** Above the text: the picture that stands for a catalog, or for a choice of products. */
export function CatalogTile({ buttons }: { buttons: readonly PreviewButton[] }) {
  const button = buttons.find(({ kind }) => kind === "catalog" || kind === "mpm");
  if (button === undefined) return null;
  const value = valueOf(button);
  const product = textAt(value, ["thumbnail_product_retailer_id"]);
  const products = listAt(value, ["sections"]).flatMap((section) => listAt(section, ["product_items"]));
  return (
    <div class={button.missing ? "bubble-tile missing" : "bubble-tile"} data-testid="tile">
      <span class="tile-picture" aria-hidden="true">
        ▦
      </span>
      <span class="tile-words">
        <strong>{button.kind === "catalog" ? "Your catalog" : "Your products"}</strong>
        <span>
          {button.missing
            ? "not chosen yet"
            : products.length > 0
              ? `${products.length} ${products.length === 1 ? "item" : "items"}`
              : "on WhatsApp"}
        </span>
        {product !== "" && <span class="media-source">Picture of {product}</span>}
      </span>
    </div>
  );
}

/** What is bought and what it costs, above the text as a bill. */
export function OrderDetails({ buttons }: { buttons: readonly PreviewButton[] }) {
  const button = buttons.find(({ kind }) => kind === "order_details");
  if (button === undefined) return null;
  const value = valueOf(button);
  const order = at(value, ["order_details"]) ?? value;
  const currency = textAt(order, ["currency"]);
  const items = listAt(order, ["order", "items"]);
  if (button.missing || order === undefined)
    return (
      <div class="bubble-order missing">
        <mark>the order is not filled in yet</mark>
      </div>
    );
  return (
    <div class="bubble-order" data-testid="order">
      <ul>
        {items.map((item) => (
          <li>
            <span>
              {textAt(item, ["name"])}
              {textAt(item, ["quantity"]) !== "" && ` × ${textAt(item, ["quantity"])}`}
            </span>
            <span>{money(at(item, ["amount"]), currency)}</span>
          </li>
        ))}
      </ul>
      <p class="order-total">
        <span>Total</span>
        <strong>{money(at(order, ["total_amount"]), currency)}</strong>
      </p>
    </div>
  );
}

/** Meta's amounts: a whole number and by what it is divided. */
function money(amount: unknown, currency: string): string {
  const [value, offset] = [at(amount, ["value"]), at(amount, ["offset"])];
  if (typeof value !== "number" || typeof offset !== "number" || offset === 0) return "?";
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).format(value / offset);
  } catch {
    return `${value / offset} ${currency}`;
  }
}

/** Below the text: how an order stands. */
export function OrderNews({ order: { status, description, missing } }: { order: PreviewOrder }) {
  return (
    <div class="bubble-order news" data-testid="order-news">
      <p class="order-total">
        <span>Order</span>
        {missing ? <mark title="Not filled in yet">no status yet</mark> : <strong>{status}</strong>}
      </p>
      {description !== undefined && <p>{description}</p>}
    </div>
  );
}

/** The preview says what a button shows; what its object holds stands in the message. */
const valueOf = ({ key }: PreviewButton): unknown => (key === undefined ? undefined : outgoing.value.values?.[key]);
