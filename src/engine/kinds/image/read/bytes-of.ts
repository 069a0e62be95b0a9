/** Whether the bytes have these characters there, one byte each. */
export function startsWith(bytes: Uint8Array, characters: string, at = 0): boolean {
  if (bytes.length < at + characters.length) return false;
  for (let i = 0; i < characters.length; i++) {
    if (bytes[at + i] !== characters.charCodeAt(i)) return false;
  }
  return true;
}

/** The bytes as numbers of any width. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
