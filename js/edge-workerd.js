import "./workerd.js";

export * from "./edge.js";
