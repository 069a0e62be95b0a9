import type nodeEndpoint from "comlink/dist/esm/node-adapter";
// @ts-expect-error -- comlink has types of its adapter, but not under the name by which Node finds it.
import adapter from "comlink/dist/esm/node-adapter.mjs";

/** A port or a thread of Node's as comlink takes them. */
export const nodePort = adapter as typeof nodeEndpoint;
