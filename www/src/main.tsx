import { render } from "preact";
import { App } from "./app.tsx";
import { start } from "./delivery/deliveries.ts";
import { catchEverything } from "./shared/failure.ts";

catchEverything();
// A file that misses the place that takes it would be opened by the browser, in place of the page and all that is typed in it.
for (const type of ["dragover", "drop"] as const)
  addEventListener(type, (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
start();
const place = document.getElementById("app");
if (place !== null) {
  place.replaceChildren();
  render(<App />, place);
}
