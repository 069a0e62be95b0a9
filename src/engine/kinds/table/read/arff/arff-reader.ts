import { cellReader } from "../cells/cell-reader";
import { latin1 } from "../cells/latin1";
import { loadArff } from "./load-arff";

/** Files of Weka. They are written as CSV. */
export const arffReader = cellReader({
  format: "arff",
  called: "ARFF file",
  writes: "csv",
  recognises: (head, name) => {
    const text = latin1(head).replace(/^\xef\xbb\xbf/, "");
    if (/^(?:\s|%[^\n]*\n)*@relation\s/i.test(text)) return true;
    // Comments may be longer than what is looked at.
    return /\.arff$/i.test(name) && /^(?:\s|%[^\n]*(?:\n|$))*$/.test(text);
  },
  load: loadArff,
});
