// A thread of the market benchmark. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./market.thread.ts");
