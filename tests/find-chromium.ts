import { existsSync } from "node:fs";

const candidates = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Of the same package, without what draws a window: two thirds of the work, and no GPU. */
const shell = "/usr/bin/chromium-headless-shell";

/** The Chromium that tests drive: `CHROMIUM`, then the system's; empty when there is neither. */
export function findChromium(): string {
  return process.env["CHROMIUM"] ?? candidates.find((path) => existsSync(path)) ?? "";
}

/** For tests that need no GPU: `CHROMIUM`, then the shell without a window, then the whole browser. */
export function findShell(): string {
  return process.env["CHROMIUM"] ?? (existsSync(shell) ? shell : findChromium());
}
