import { cellReader } from "../cells/cell-reader";
import { latin1 } from "../cells/latin1";
import { loadArrow } from "./load-arrow";

/** Arrow files, which are Feather files of version 2, and streams. */
export const arrowReader = cellReader({
  format: "arrow",
  called: "Arrow file",
  writes: "arrow",
  recognises: (head) => latin1(head.subarray(0, 6)) === "ARROW1" || isStream(head),
  load: loadArrow,
});

/** A stream begins with the mark of a message, the length of what it says, and where that begins. */
function isStream(head: Uint8Array): boolean {
  if (head.length < 12 || head.subarray(0, 4).some((byte) => byte !== 255)) return false;
  const [at, length] = [head[8]!, head[4]! + 256 * head[5]!];
  return at > 0 && at < length && head[9] === 0 && head[10] === 0 && head[11] === 0;
}
