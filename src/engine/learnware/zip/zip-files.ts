import JSZip from "jszip";

const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));

/** Files by name in one zip. Equal content gives equal bytes. */
export async function zipFiles(
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new JSZip();
  for (const [name, content] of files) {
    // What is compressed would take time, and no less room.
    const compression = name.endsWith(".zip") ? "STORE" : "DEFLATE";
    zip.file(name, content, { date: FIXED_DATE, createFolders: false, compression });
  }
  return new Uint8Array(await zip.generateAsync({ type: "uint8array", platform: "DOS" }));
}
