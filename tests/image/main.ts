/**
 * @file `npm run test:image`: does what docs/operating/Containerfile says, step by step, in a chroot of Debian, starts the
 * dock there as the user that it names, and asks it. Takes some minutes and a gigabyte, so `npm test` leaves it out.
 * Skipped, with a word, without root or debootstrap; BERTH_REQUIRE_IMAGE=1 makes that a failure.
 */

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { readContainerfile } from "./containerfile";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const PORT = "18431";
const HOST_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const CERTIFICATES = "/etc/host-certificates.crt";

function skip(why: string): never {
  console.log(`skipped: ${why}`);
  process.exit(process.env["BERTH_REQUIRE_IMAGE"] ? 1 : 0);
}

if (process.getuid?.() !== 0) skip("a chroot needs root");
if (spawnSync("debootstrap", ["--version"]).error) skip("debootstrap is missing");

const root = mkdtempSync("/var/tmp/berth-image-");
chmodSync(root, 0o755); // The dock's user goes through it.
const environment: Record<string, string> = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
};
let folder = "/";
let user = "root";
let entry: string[] = [];

function within(program: readonly string[], as = "root"): string[] {
  return [`--userspec=${as}`, root, "/usr/bin/env", "--chdir", folder, ...program];
}

function run(command: string): void {
  console.log(`RUN ${command}`);
  execFileSync("chroot", within(["/bin/sh", "-c", command]), {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...environment, NODE_EXTRA_CA_CERTS: CERTIFICATES, npm_config_cafile: CERTIFICATES },
  });
}

/** What git knows and what is new, as a checkout would have it. */
function copyAll(): void {
  const place = join(root, folder);
  mkdirSync(place, { recursive: true });
  const list = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: repository,
    maxBuffer: 1 << 26,
  });
  const files = list.toString().split("\0");
  const there = files.filter((path) => path !== "" && existsSync(join(repository, path)));
  const tar = execFileSync("tar", ["-c", "--null", "-T", "-"], {
    cwd: repository,
    input: there.join("\0"),
    maxBuffer: 1 << 30,
  });
  execFileSync("tar", ["-x"], { cwd: place, input: tar });
}

const file = readFileSync(join(repository, "docs/operating/Containerfile"), "utf8");
try {
  for (const { name, rest } of readContainerfile(file)) {
    if (name === "FROM") {
      const [, suite] = /debian:(\w+)-slim$/.exec(rest) ?? [];
      if (suite === undefined) throw new Error(`no chroot is made from ${rest}`);
      console.log(`FROM ${rest}, by debootstrap`);
      execFileSync("debootstrap", ["--variant=minbase", suite, root], { maxBuffer: 1 << 28 });
      if (existsSync(HOST_CERTIFICATES)) copyFileSync(HOST_CERTIFICATES, join(root, CERTIFICATES));
      copyFileSync("/etc/resolv.conf", join(root, "etc/resolv.conf"));
    } else if (name === "RUN") run(rest);
    else if (name === "WORKDIR") folder = rest;
    else if (name === "COPY") copyAll();
    else if (name === "USER") user = rest;
    else if (name === "ENTRYPOINT") entry = JSON.parse(rest) as string[];
    else if (name === "ENV") {
      for (const pair of rest.split(" ")) {
        const at = pair.indexOf("=");
        environment[pair.slice(0, at)] = pair.slice(at + 1);
      }
    }
  }
  await tryDock();
  console.log("the image's dock answers");
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Starts the dock as its user, and asks it over HTTP and by a command. */
async function tryDock(): Promise<void> {
  const env = { ...environment, PORT, BERTH_HOST: "127.0.0.1" };
  const dock = spawn("chroot", within(entry, user), { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(dock, "exit");
  const ready = once(createInterface(dock.stdout), "line");
  const [said] = (await Promise.race([ready, ended])) as unknown[];
  if (!String(said).startsWith("berth ready"))
    throw new Error(`the dock did not start: ${String(said)}`);
  for (const path of ["/healthz", "/readyz", "/", "/api/v1/islands", "/metrics"]) {
    const answer = await fetch(`http://127.0.0.1:${PORT}${path}`);
    console.log(`${answer.status} ${path}`);
    if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}`);
  }
  const tell = (...args: string[]) =>
    execFileSync("chroot", within([...entry, ...args], user), { env }).toString();
  const ids = tell("list", "--ids").trim().split("\n");
  console.log(`${ids.length} learnwares; ${tell("backup", "/var/lib/berth/backups").trim()}`);
  const written = execFileSync("chroot", [
    ...[`--userspec=${user}`, root, "/bin/sh", "-c"],
    "find /opt/berth -writable -not -type l | head -1",
  ]);
  if (written.length > 0) throw new Error(`the dock may write ${written.toString()}`);
  dock.kill("SIGTERM");
  await ended;
}
