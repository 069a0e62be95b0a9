import { latin1 } from "../cells/latin1";

/** Whether bytes are a zip without anything in it. */
export function isEmptyZip(head: Uint8Array): boolean {
  return latin1(head.subarray(0, 4)) === "PK\x05\x06";
}

/** Whether bytes begin a zip, and one of the marks is among its first paths or contents. */
export function holdsEntries(head: Uint8Array, marks: readonly string[]): boolean {
  const text = latin1(head);
  return text.startsWith("PK\x03\x04") && marks.some((mark) => text.includes(mark));
}
