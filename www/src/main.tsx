import { render } from "preact";
import { App } from "./app.tsx";
import { catchEverything } from "./shared/failure.ts";

catchEverything();
const place = document.getElementById("app");
if (place !== null) {
  place.replaceChildren();
  render(<App />, place);
}
