import { expect, test } from "vitest";

import { DeviceFailure } from "../../../../../src/runtime/device";
import type {
  FromHelper,
  HelperThread,
  ToHelper,
} from "../../../../../src/runtime/compute/parallel/kernel-channel";
import { KernelHelper } from "../../../../../src/runtime/compute/parallel/kernel-helper";

test("a thread that falls silent while it is waited for counts as dead", async () => {
  const { thread, sent, say } = fakeThread();
  const helper = new KernelHelper(thread);
  for (let i = 0; i < 10; i++) helper.look(3);
  const answer = helper.ask("release", { table: 1 });
  for (let i = 0; i < 3; i++) helper.look(3);
  say({ alive: true });
  for (let i = 0; i < 3; i++) helper.look(3);
  expect(sent).toEqual([{ id: 1, name: "release", asks: { table: 1 } }]);
  helper.look(3);
  await expect(answer).rejects.toThrow("a helper thread failed: it fell silent");
  expect(sent.at(-1)).toBe("terminated");
  await expect(helper.ask("release", { table: 1 })).rejects.toBeInstanceOf(DeviceFailure);
});

test("a thread without memory says so, and lives on", async () => {
  const { thread, say } = fakeThread();
  const helper = new KernelHelper(thread);
  const refused = helper.ask("reserve", { table: 1, rows: 1e9, cols: 10 });
  say({ id: 1, ok: false, message: "allocation of 4e10 bytes failed", isMemory: true });
  await expect(refused).rejects.toBeInstanceOf(RangeError);
  const next = helper.ask("release", { table: 1 });
  say({ id: 2, ok: true, value: undefined });
  await expect(next).resolves.toBeUndefined();
});

test("what is stopped is told so by its number", () => {
  const { thread, sent } = fakeThread();
  const helper = new KernelHelper(thread);
  helper.stop();
  helper.ask("release", { table: 1 }).catch(() => undefined);
  helper.stop();
  expect(sent.slice(1)).toEqual([{ stop: 1 }]);
});

function fakeThread() {
  const sent: (ToHelper | "terminated")[] = [];
  let say: (message: FromHelper) => void = () => undefined;
  const thread: HelperThread = {
    send: (message) => sent.push(message),
    receive: (listener) => {
      say = listener;
    },
    onFailure: () => undefined,
    terminate: () => sent.push("terminated"),
  };
  return { thread, sent, say: (message: FromHelper) => say(message) };
}
