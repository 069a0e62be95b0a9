/** A source of that many uniform, independent bytes. For secrets it must be a cryptographic one. */
export type RandomBytes = (count: number) => Uint8Array;
