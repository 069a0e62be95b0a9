// Makes the bundles of the command line and of its threads, so that those who may not write here can start them as well.
import { readdirSync } from "node:fs";

import { bundle } from "../../runtime/threads/node/bundle.js";

const src = new URL("../../", import.meta.url);
const threads = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".thread.ts"),
);
const programs = ["cli/main.ts", "dock/verify/verify-process.ts"];
for (const path of [...programs, ...threads]) await bundle(new URL(path, src));
