// The start of every thread of Node's. Threads do not inherit what runs TypeScript.
import { workerData } from "node:worker_threads";

import { register } from "tsx/esm/api";

register();
await import(workerData.script);
