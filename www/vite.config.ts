import { defineConfig } from "vite";

// The Worker serves the built page; while the page itself is worked on, vite serves it and passes calls on to the Worker.
const worker = process.env.WORKER_URL ?? "http://127.0.0.1:8787";

export default defineConfig({
  build: {
    target: "es2022",
    // One wasm with the editor around it: larger than vite expects of a chunk, and wanted.
    chunkSizeWarningLimit: 1_700,
    // The page's policy allows no `data:` scripts and no inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  server: { proxy: { "/v1": worker } },
});
