import type { Encoding } from "../../../columns/profile";

/** Characters of bytes 0x80 to 0x9F in Windows-1252; a space where it has none. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/**
 * Text with the characters of Windows-1252 where it has controls that no table means: some Node versions decode it as Latin-1,
 * and some programs save its bytes as UTF-8 one by one.
 */
export function mended(text: string, encoding: Encoding): string {
  if (encoding !== "windows-1252" && encoding !== "utf-8") return text;
  return text.replace(/[\x80-\x9f]/g, (character) => {
    const mended = WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80);
    return mended === " " ? character : mended;
  });
}
