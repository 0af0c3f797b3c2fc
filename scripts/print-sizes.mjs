// Prints what a file weighs, and what it weighs on the wire.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const kilobytes = (bytes) => `${(bytes.length / 1000).toFixed(1)} KB`;
for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  console.log(
    `· ${path}: ${kilobytes(bytes)}, gzip ${kilobytes(gzipSync(bytes, { level: 9 }))}, brotli ${kilobytes(brotliCompressSync(bytes))}`,
  );
}
