import { startsWith } from "./bytes-of";

/** Files that people take for pictures, or that are called so, by their first bytes. */
const SIGNATURES: readonly (readonly [characters: string, at: number, name: string])[] = [
  ["%PDF-", 0, "PDF document"],
  ["II*\0", 0, "TIFF picture"],
  ["MM\0*", 0, "TIFF picture"],
  ["ftyphei", 4, "HEIC photo"],
  ["ftypmif1", 4, "HEIF photo"],
  ["ftypmsf1", 4, "HEIF photo"],
  ["ftypcrx", 4, "raw photo"],
  ["ftyp", 4, "video"],
  ["\x1aE\xdf\xa3", 0, "video"],
  ["\xff\x0a", 0, "JPEG XL picture"],
  ["\0\0\0\x0cJXL ", 0, "JPEG XL picture"],
  ["\0\0\0\x0cjP  ", 0, "JPEG 2000 picture"],
  ["8BPS", 0, "Photoshop document"],
  ["\0\0\x01\0", 0, "icon"],
  ["DICM", 128, "DICOM image"],
  ["PK\x03\x04", 0, "zip archive"],
  ["\x1f\x8b", 0, "gzip archive"],
];

/** What a file is that is no picture to be read, null if that cannot be told. */
export function nameOf(bytes: Uint8Array): string | null {
  const known = SIGNATURES.find(([characters, at]) => startsWith(bytes, characters, at));
  if (known) return known[2];
  return markupOf(bytes);
}

/** Drawings in SVG, and web pages that came in place of a picture. */
function markupOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 1024)).toLowerCase();
  if (/<svg[\s>]/.test(head)) return "SVG drawing";
  if (/<!doctype html|<html[\s>]/.test(head)) return "web page";
  return head.trimStart().replace("ï»¿", "").startsWith("<?xml") ? "XML document" : null;
}
