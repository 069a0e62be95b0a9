import { cellReader } from "../cells/cell-reader";
import { latin1 } from "../cells/latin1";
import { holdsEntries } from "../zip/holds-entries";
import { loadNpy, loadNpz } from "./load-npy";

const isNpy = (head: Uint8Array) => latin1(head.subarray(0, 6)) === "\x93NUMPY";

/** One NumPy array of one or two dimensions, or of records. It is written as CSV, which holds names. */
export const npyReader = cellReader({
  format: "npy",
  called: "NumPy array",
  writes: "csv",
  recognises: isNpy,
  load: loadNpy,
});

/** Several arrays of as many rows, side by side. */
export const npzReader = cellReader({
  format: "npz",
  called: "NumPy archive",
  writes: "csv",
  recognises: (head) => holdsEntries(head, [".npy"]),
  load: loadNpz,
});
