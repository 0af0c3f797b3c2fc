import "./node.js";

export * from "./edge.js";
