import type { OpenLearnware } from "../sharing.svelte";

/** What is published, as it can be read: each file that is text as it stands, of others how long they are. */
export function asListed({ files, sha256, zip }: OpenLearnware): string {
  const parts = files.map(({ name, bytes, text }) => `=== ${name}, ${bytes} B\n${text ?? ""}`);
  return [`zip, ${zip.length} B, SHA-256 ${sha256}`, ...parts].join("\n\n");
}
