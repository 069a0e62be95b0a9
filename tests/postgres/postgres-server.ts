import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

import { newCluster, postgresRoot } from "./chroot";

const supervisor = fileURLToPath(new URL("supervise.sh", import.meta.url));
const MOST_ATTEMPTS = 3;

interface ServerOptions {
  /** Whether what was committed must survive; slower. */
  readonly durable?: boolean;
  /** Further settings, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

type Supervisor = ChildProcessByStdio<Writable, null, Readable>;

interface Running {
  readonly supervisor: Supervisor;
  /** Resolves when the server and all that it started are gone. */
  readonly gone: Promise<unknown>;
}

/** A private PostgreSQL 17 with pgvector on a loopback port. It ends with this process at the latest. */
export class PostgresServer {
  readonly url: string;
  readonly #root: string;
  readonly #data: string;
  readonly #options: readonly string[];
  #running: Running;

  private constructor(
    url: string,
    root: string,
    data: string,
    options: readonly string[],
    running: Running,
  ) {
    this.url = url;
    this.#root = root;
    this.#data = data;
    this.#options = options;
    this.#running = running;
  }

  /** @throws Error that says what this machine lacks for it. */
  static async start({
    durable = false,
    settings = {},
  }: ServerOptions = {}): Promise<PostgresServer> {
    const root = await postgresRoot();
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      const data = await newCluster(root);
      const options = optionsOf(port, durable, settings);
      try {
        const running = await launch(root, data, options);
        const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
        return new PostgresServer(url, root, data, options, running);
      } catch (error) {
        // Somebody else may have taken the port meanwhile.
        if (attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  /** Kills it, with no chance to tidy up, and keeps its data. */
  async crash(): Promise<void> {
    const { supervisor, gone } = this.#running;
    supervisor.stdin.write("crash\n");
    await Promise.all([gone, once(supervisor, "exit")]);
  }

  /** Starts it again after a crash, on the same port and the same data. */
  async restart(): Promise<void> {
    this.#running = await launch(this.#root, this.#data, this.#options);
  }

  async stop(): Promise<void> {
    await end(this.#running.supervisor);
    await rm(join(this.#root, this.#data), { recursive: true, force: true });
  }
}

function optionsOf(
  port: number,
  durable: boolean,
  settings: Readonly<Record<string, string>>,
): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    // Not in /dev/shm, which the chroot lacks.
    dynamic_shared_memory_type: "mmap",
    max_connections: 200,
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    ...settings,
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Resolves when the server takes connections; rejects with what it said if it ends before. */
async function launch(root: string, data: string, options: readonly string[]): Promise<Running> {
  const child = spawn("sh", [supervisor, root, data, ...options], {
    detached: true, // Ctrl-C is for the tests, which then end the server.
    stdio: ["pipe", "ignore", "pipe"],
  });
  const lines = createInterface(child.stderr);
  const gone = once(lines, "close");
  const said: string[] = [];
  const ready = new Promise<boolean>((resolve) => {
    lines.on("line", (line) => {
      said.push(line);
      if (line.includes("ready to accept connections")) resolve(true);
    });
    void gone.then(() => resolve(false));
  });
  if (await ready) return { supervisor: child, gone };
  await end(child);
  throw new Error(`PostgreSQL did not start: ${said.slice(-3).join("; ")}`);
}

async function end(child: Supervisor): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.stdin.end();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
