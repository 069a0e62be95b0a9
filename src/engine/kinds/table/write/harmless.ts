import type { AddedColumn } from "../../added-column";
import { inertText } from "../../inert-text";

/** A text of an added column for a file that spreadsheets open: a learnware's is no formula there, the user's own stays. */
export function harmless(text: string, { areOwn }: AddedColumn): string {
  return areOwn === true ? text : inertText(text);
}
