// The start of the embedded database's thread. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./pglite.thread.ts");
