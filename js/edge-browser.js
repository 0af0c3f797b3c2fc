import "./browser.js";

export * from "./edge.js";
