// A thread of the command line that runs models. Threads do not inherit what runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./models.thread.ts");
