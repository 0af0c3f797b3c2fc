import { render } from "preact";
import { App } from "./app.tsx";
import { start } from "./delivery/deliveries.ts";
import { catchEverything } from "./shared/failure.ts";

catchEverything();
start();
const place = document.getElementById("app");
if (place !== null) {
  place.replaceChildren();
  render(<App />, place);
}
