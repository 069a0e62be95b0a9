import type {
  FromHelper,
  KernelCallName,
  KernelCalls,
  ServerPort,
  ToHelper,
} from "./kernel-channel";
import { nextTask } from "../../threads/next-task";
import { WasmCompute, type WasmRows } from "../wasm/wasm-compute";

/** A helper thread: holds a share of the rows in a WASM memory of its own, and sums it when asked. */
export function serveKernels(port: ServerPort): void {
  const server = new KernelServer(port);
  port.receive((message) => server.receive(message));
}

type Answerers = {
  readonly [Name in KernelCallName]: (
    asks: KernelCalls[Name]["asks"],
  ) => Promise<KernelCalls[Name]["answers"]>;
};

class KernelServer {
  readonly #port: ServerPort;
  readonly #tables = new Map<number, WasmRows>();
  readonly #stopped = new Set<number>();
  #compute: Promise<WasmCompute> | null = null;
  /** One question at a time, so that `#current` is the one to stop. */
  #tail: Promise<void> = Promise.resolve();
  #current = -1;

  constructor(port: ServerPort) {
    this.#port = port;
  }

  receive(message: ToHelper): void {
    if ("stop" in message) this.#stopped.add(message.stop);
    else this.#tail = this.#tail.then(() => this.#answer(message));
  }

  async #answer({ id, name, asks }: Exclude<ToHelper, { readonly stop: number }>): Promise<void> {
    this.#current = id;
    let reply: FromHelper;
    try {
      this.#stopIfTold();
      const answer = this.#answerers[name] as (asks: unknown) => Promise<unknown>;
      reply = { id, ok: true, value: await answer(asks) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      reply = { id, ok: false, message, isMemory: error instanceof RangeError };
    }
    this.#stopped.delete(id);
    this.#port.send(reply, reply.ok ? buffersOf(reply.value) : []);
  }

  readonly #answerers: Answerers = {
    reserve: async ({ table, rows, cols }) => {
      this.#compute ??= WasmCompute.create(async () => this.#breathe());
      this.#tables.set(table, (await this.#compute).reserve(rows, cols));
      return undefined;
    },
    put: async ({ table, first, data }) => {
      await this.#rows(table).put(first, data);
      return undefined;
    },
    kernelMeans: ({ table, z, gamma }) => this.#rows(table).kernelMeans(z, gamma),
    kernelPull: ({ table, z, gamma }) => this.#rows(table).kernelPull(z, gamma),
    nearest: ({ table, z }) => this.#rows(table).nearest(z),
    featureMeans: ({ table, features }) => this.#rows(table).featureMeans(features),
    release: async ({ table }) => {
      this.#tables.get(table)?.dispose();
      this.#tables.delete(table);
      return undefined;
    },
  };

  #rows(table: number): WasmRows {
    const rows = this.#tables.get(table);
    if (!rows) throw new Error(`no table ${table} is held here`);
    return rows;
  }

  async #breathe(): Promise<void> {
    this.#port.send({ alive: true }, []);
    await nextTask();
    this.#stopIfTold();
  }

  #stopIfTold(): void {
    if (this.#stopped.has(this.#current)) throw new Error("stopped");
  }
}

/** The buffers of an answer, each of which belongs to it alone. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
