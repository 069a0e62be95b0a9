import { existsSync } from "node:fs";

const candidates = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium that tests drive: `CHROMIUM`, then the system's; empty when there is neither. */
export function findChromium(): string {
  return process.env["CHROMIUM"] ?? candidates.find((path) => existsSync(path)) ?? "";
}
