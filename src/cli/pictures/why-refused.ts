import type { RefusedFile } from "../../engine/kinds/refused-file";
import { AVIF } from "./node-decoder";

/** Why a file is no picture that can be read, in a few words. */
export function whyRefused({ code, details }: Pick<RefusedFile, "code" | "details">): string {
  const format = String(details["format"] ?? "");
  switch (code) {
    case "empty_file":
      return "empty";
    case "picture_too_large":
      return `too large: ${details["size"] ?? ""}`;
    case "damaged_file":
      return format === "" ? "damaged" : `a damaged ${format.toUpperCase()}, or cut off`;
    case "unsupported_picture":
      if (format === AVIF) return "AVIF, which only browsers read";
      return format === "" ? "no picture" : `no picture that is read: ${format}`;
    default:
      return code;
  }
}
