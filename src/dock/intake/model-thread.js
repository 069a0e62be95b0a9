// The start of the thread that models run in. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./model.thread.ts");
