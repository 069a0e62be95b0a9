/** Limits on a learnware's zip, so that a small file cannot fill the memory. */
export const zipLimits = {
  zipBytes: 64 * 1024 * 1024,
  entries: 200,
  unpackedBytes: 256 * 1024 * 1024,
  /** Unpacked size of an entry over its packed size. */
  ratio: 200,
} as const;
