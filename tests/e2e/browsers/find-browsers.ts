import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Debian's Firefox; empty when there is none. */
export function findFirefox(): string {
  return found(["/usr/bin/firefox-esr", "/usr/bin/firefox"]);
}

export interface WebKitPrograms {
  readonly driver: string;
  readonly browser: string;
  /** A display that nobody sees. */
  readonly display: string;
}

/** What it takes to drive WebKitGTK; null when something of it is missing. */
export function findWebKit(): WebKitPrograms | null {
  const libraries = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  const programs = {
    driver: found(["/usr/bin/WebKitWebDriver"]),
    browser: found(libraries.map((name) => join("/usr/lib", name, "webkit2gtk-4.1/MiniBrowser"))),
    display: found(["/usr/bin/Xvfb"]),
  };
  return Object.values(programs).includes("") ? null : programs;
}

function found(candidates: readonly string[]): string {
  return candidates.find((path) => existsSync(path)) ?? "";
}
