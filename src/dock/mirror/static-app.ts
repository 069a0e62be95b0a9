import { cp, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { AppError } from "../../contracts/outcome";
import { staticFolders } from "../../contracts/static/static-dock";
import { commonHeaders, pagePolicy, workerPolicy } from "../serve/security-headers";
import { tellDocks } from "../serve/tell-docks";

const immutable = { "Cache-Control": "public, max-age=31536000, immutable" };

/**
 * Copy the built app and make it talk to a dock of plain files beside it. Hosts that read a file
 * `_headers` (Netlify, Cloudflare Pages and others) get from it what the dock sends by itself.
 *
 * @param dock - Path of the dock below the app, without slashes at its ends.
 * @param docks - Origins of other docks that the page may ask.
 * @throws AppError `bad_input` if this is not the app.
 */
export async function exportApp(
  appDirectory: string,
  directory: string,
  dock: string,
  docks: readonly string[] = [],
): Promise<void> {
  const page = await readFile(join(appDirectory, "index.html"), "utf8");
  const choice = /(<meta name="berth-dock" content=")[^"]*"/;
  if (!choice.test(page)) throw new AppError("bad_input", `${appDirectory} is not the built app`);
  const left = new Set(["index.html", "starter"]); // The starter is what a dock with a server begins with.
  await cp(appDirectory, directory, {
    recursive: true,
    filter: (path) => !left.has(relative(appDirectory, path)),
  });
  await writeFile(join(directory, "_headers"), headersFile(dock, docks));
  const own = Buffer.from(page.replace(choice, `$1static:./${dock}/"`));
  await writeFile(join(directory, "index.html"), tellDocks("index.html", own, docks));
  if (docks.length === 0) return;
  const worker = await readFile(join(appDirectory, "sw.js"));
  await writeFile(join(directory, "sw.js"), tellDocks("sw.js", worker, docks));
}

/** Hosts add up the rules that match a path, so no two of them set the same header there. */
function headersFile(dock: string, docks: readonly string[]): string {
  const ofPage = { "Content-Security-Policy": pagePolicy(docks) };
  const rules: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["/*", commonHeaders],
    ["/", ofPage],
    ["/index.html", ofPage],
    ["/sw.js", { ...ofPage, "Cache-Control": "no-cache" }],
    ["/assets/*", { "Content-Security-Policy": workerPolicy, ...immutable }],
    ...staticFolders.map((folder) => [`/${dock}/${folder}/*`, immutable] as const),
  ];
  return rules
    .map(([path, headers]) => {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
      return `${path}\n${lines.join("")}`;
    })
    .join("\n");
}
