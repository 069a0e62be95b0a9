#!/usr/bin/env node
// Runs the TypeScript command line; its bundle is made when it first starts.
import { bundle } from "../runtime/threads/node/bundle.js";

await import(await bundle(new URL("./main.ts", import.meta.url)));
