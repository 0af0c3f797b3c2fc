/** The Worker in a process of its own, so that it can be killed. Reads its options as JSON from the command line. */

import { startLocalWorker, type LocalWorkerOptions } from "../../dev/worker.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as LocalWorkerOptions;
const worker = await startLocalWorker(options);
process.once("SIGTERM", () => void worker.close().then(() => process.exit(0)));
console.log(JSON.stringify({ ready: true, url: worker.url }));
