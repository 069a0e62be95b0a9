// A helper thread of the command line. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./kernels.thread.ts");
