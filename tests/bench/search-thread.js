// A thread of the search benchmark. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./search.thread.ts");
