// Every thread starts here: Node's threads have no loader for TypeScript before version 22.
import { workerData } from "node:worker_threads";

import { bundle } from "./bundle.js";

await import(await bundle(new URL(workerData.script)));
