/** @file A process of its own, in which a zip of somebody's is opened and its model is run. It is ended whatever it does. */

import dgram from "node:dgram";
import { readFile, writeFile } from "node:fs/promises";
import net from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

import { EngineError } from "../../engine/ground/errors";
import type { Space } from "../../engine/kinds/space";
import { entryOf } from "../../engine/learnware/onnx/onnx-inspect";
import { editPackage } from "../../engine/verify/edit-package";
import { verifyPackage } from "../../engine/verify/verify-package";
import { decoding } from "../../runtime/text-decoding";
import { openModel } from "../../runtime/models/ort-session";
import { startRuntime } from "../../runtime/models/start-runtime";
import { capMemory } from "../intake/capped-memory";
import { EDITED, type FromProcess, PARTS, SpaceAnswer, VerifyJob } from "./messages";

const MOST_WASM_BYTES = 512 * 1024 * 1024;

refuseSockets();
capMemory(MOST_WASM_BYTES);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
// The runtime first: that it does not start is no model's fault.
await startRuntime((bytes) => openModel(bytes));
tell({ ready: true });
await verify(VerifyJob.parse(await nextLine()));
process.exit(0);

async function verify({ zip, edit }: VerifyJob): Promise<void> {
  const folder = dirname(zip);
  let bytes: Uint8Array = new Uint8Array(await readFile(zip));
  if (edit) {
    bytes = await editPackage(bytes, edit);
    await writeFile(join(folder, EDITED), bytes);
  }
  const checking = verifyPackage(bytes, {
    open: async (inspected, about) => {
      const model = await openModel(inspected.bytes, entryOf(inspected, about));
      return {
        run: (inputs) => model.predict(inputs).catch(blameTheModel),
        close: () => model.dispose(),
      };
    },
    findSpace: async ({ id, version }): Promise<Space | null> => {
      tell({ space: { id, version } });
      return SpaceAnswer.parse(await nextLine()).space;
    },
    decoding,
    now: () => performance.now(),
  });
  for (;;) {
    const next = await checking.next();
    if (!next.done) {
      tell({ check: { ...next.value, details: { ...next.value.details } } });
      continue;
    }
    if (next.value) await writeFile(join(folder, PARTS), JSON.stringify(next.value));
    tell({ over: next.value !== null });
    return;
  }
}

/** Whatever it was, it is the model that broke it. */
function blameTheModel(cause: unknown): never {
  if (cause instanceof EngineError) throw cause;
  throw new EngineError("bad_model", "the model breaks the runtime", {}, { cause });
}

function tell(message: FromProcess): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Whoever started this process has gone if there is none. */
async function nextLine(): Promise<unknown> {
  const line = await lines.next();
  if (line.done) process.exit(1);
  return JSON.parse(line.value);
}

/** Nothing here has any business in a network: neither the runtime nor a model, whatever it found to do so with. */
function refuseSockets(): void {
  const refuse = () => {
    throw new Error("there is no network here");
  };
  net.Socket.prototype.connect = refuse;
  net.Server.prototype.listen = refuse;
  dgram.createSocket = refuse;
}
