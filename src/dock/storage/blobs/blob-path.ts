/** True of a SHA-256 in lower-case hex: what blobs are named by. */
export function isBlobName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Where a blob lies in its store: `ab/<sha256>`, where `ab` are the first two digits. */
export function blobPath(sha256: string): string {
  // Any other name could point outside the store; no blob lies there.
  const name = isBlobName(sha256) ? sha256 : "00-no-such-blob";
  return `${name.slice(0, 2)}/${name}`;
}
