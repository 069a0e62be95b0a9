import type { Encoding } from "../../../columns/profile";

/** Characters of bytes 0x80 to 0x9F in Windows-1252; a space where it has none. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** Text with the characters of Windows-1252 where some Node versions decode it as Latin-1, to controls. */
export function mended(text: string, encoding: Encoding): string {
  if (encoding !== "windows-1252") return text;
  return text.replace(/[\x80-\x9f]/g, (control) => meant(control).trim() || control);
}

/** How many controls a text has that no table means, and that show as nothing. */
export function countControls(text: string): number {
  return text.match(/[\x80-\x9f]/g)?.length ?? 0;
}

/**
 * A cell as it was meant where a program saved bytes of Windows-1252 as characters, one by one: its marks are marks again
 * (’ “ – …), its letters where they stand beside one. What is left shows as nothing, and is left out.
 */
export function withoutControls(cell: string): string {
  return cell.replace(/[\x80-\x9f]/g, (control, at: number) => {
    const character = meant(control).trim();
    if (!/\p{L}/u.test(character)) return character;
    const isInWord = /\p{L}/u.test(cell.charAt(at - 1) + cell.charAt(at + 1));
    return isInWord ? character : "";
  });
}

function meant(control: string): string {
  return WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80);
}
