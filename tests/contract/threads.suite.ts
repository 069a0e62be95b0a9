import { afterEach, describe, expect, test } from "vitest";

import { AppError } from "../../src/contracts/outcome";
import { type Lasting, LastingThread } from "../../src/runtime/threads/lasting-thread";
import { portThread } from "../../src/runtime/threads/port-thread";
import { type Guards, type Started, Thread } from "../../src/runtime/threads/thread";
import type { SampleApi } from "../fixtures/threads/sample-api";

interface Adapter {
  /** Starts a thread that serves `sampleApi`. */
  readonly spawn: () => Started;
  /** Starts one whose script is not there. */
  readonly spawnMissing: () => Started;
}

/** What threads must do, whatever they are threads of. Each adapter's test file calls this once. */
export function threadsContract(name: string, { spawn, spawnMissing }: Adapter): void {
  const opened: { end(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.end()));
  });

  function open(guards?: Guards): Thread<SampleApi> {
    const thread = new Thread<SampleApi>(spawn(), guards);
    opened.push(thread);
    return thread;
  }

  describe(`Thread in ${name}`, () => {
    test("answers each of several calls at once", async () => {
      const thread = open();
      const calls = [1, 2, 3].map((a) => thread.call("add", [a, 10]));
      expect(thread.load).toBe(3);
      expect(await Promise.all(calls)).toEqual([11, 12, 13]);
      expect(thread.load).toBe(0);
    });

    test("passes on why it refuses, and lives on", async () => {
      const thread = open();
      const refused = await thread.call("refuse", ["why"]).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(AppError);
      expect(refused).toMatchObject({
        code: "bad_model",
        message: "it was refused",
        details: { reason: "why" },
      });
      for (const name of ["stumble", "riddle"] as const) {
        await expect(thread.call(name, [])).rejects.toMatchObject({ code: "internal" });
      }
      expect(await thread.call("add", [1, 2])).toBe(3);
    });

    test("tells progress in order, and none after the answer", async () => {
      const thread = open();
      const heard: number[] = [];
      const onProgress = ({ done }: { readonly done: number }) => heard.push(done);
      expect(await thread.call("count", [50], { onProgress })).toBe(50);
      expect(heard).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      const before = heard.length;
      await thread.call("count", [50]);
      expect(heard.length).toBe(before);
    });

    test("stops what is cancelled, and only that", async () => {
      const thread = open();
      const stop = new AbortController();
      const others = new AbortController();
      const stopped = thread.call("wait", [false], { signal: stop.signal });
      const goingOn = thread.call("wait", [false], { signal: others.signal });
      expect(await thread.call("add", [1, 2])).toBe(3);
      stop.abort();
      await expect(stopped).rejects.toMatchObject({ code: "aborted" });
      expect(thread.load).toBe(1);
      const late = thread.call("add", [1, 2], { signal: stop.signal });
      await expect(late).rejects.toMatchObject({ code: "aborted" });
      others.abort();
      await expect(goingOn).rejects.toMatchObject({ code: "aborted" });
      expect(thread.isAlive).toBe(true);
    });

    test("moves numbers there and back without copying them", async () => {
      const thread = open();
      const numbers = Float64Array.of(1, 2, 3);
      const answer = thread.call("double", [numbers], { moved: [numbers.buffer] });
      expect(numbers.byteLength).toBe(0);
      expect(await answer).toEqual(Float64Array.of(2, 4, 6));
      expect(await thread.call("left", [])).toBe(0);
      const kept = Float64Array.of(4);
      expect(await thread.call("double", [kept])).toEqual(Float64Array.of(8));
      expect(kept).toEqual(Float64Array.of(4));
    });

    test("rejects all calls once it has died", async () => {
      const thread = open();
      const waiting = [thread.call("wait", [true]), thread.call("die", [])];
      for (const { status, reason } of (await Promise.allSettled(waiting)) as {
        status: string;
        reason?: AppError;
      }[]) {
        expect(status).toBe("rejected");
        expect(reason).toMatchObject({ code: "worker_died" });
        expect(reason!.message).toContain("gone");
      }
      expect(thread.isAlive).toBe(false);
      await expect(thread.call("add", [1, 2])).rejects.toMatchObject({ code: "worker_died" });
    });

    test("rejects where it cannot be started", async () => {
      const thread = new Thread<SampleApi>(spawnMissing());
      await expect(thread.call("add", [1, 2])).rejects.toMatchObject({ code: "worker_died" });
    });

    test("is given up when an answer takes too long", async () => {
      const thread = open();
      await thread.call("add", [1, 2]);
      const calls = [
        thread.call("hang", [], { timeoutMs: 100 }),
        thread.call("add", [1, 2], { timeoutMs: 60_000 }),
      ];
      for (const call of await Promise.allSettled(calls)) {
        expect(call).toMatchObject({ status: "rejected", reason: { code: "timed_out" } });
      }
      expect(thread.isAlive).toBe(false);
    });

    test("is given up when it falls silent, but not while it tells that it works", async () => {
      const started = spawn();
      await new Thread<SampleApi>(started).call("add", [1, 2]); // It is up: starting takes its time.
      const thread = new Thread<SampleApi>(started, { silenceMs: 500 });
      opened.push(thread);
      const stop = new AbortController();
      const told = thread.call("wait", [true], { signal: stop.signal });
      setTimeout(() => stop.abort(), 1000);
      await expect(told).rejects.toMatchObject({ code: "aborted" });
      const silent = thread.call("wait", [false]);
      await expect(silent).rejects.toMatchObject({
        code: "worker_died",
        message: "it fell silent",
      });
    });

    test("is given up when it does not stop once a call was cancelled", async () => {
      const thread = open({ cancelMs: 200 });
      await thread.call("add", [1, 2]);
      const stop = new AbortController();
      const hanging = thread.call("hang", [], { signal: stop.signal });
      stop.abort();
      await expect(hanging).rejects.toMatchObject({ code: "aborted" });
      expect(thread.isAlive).toBe(false);
    });

    test("is given up when it does not come up, but not for working long then", async () => {
      const { port1 } = new MessageChannel();
      const never = new Thread<SampleApi>(portThread(port1), { startMs: 100 });
      opened.push(never);
      await expect(never.call("add", [1, 2])).rejects.toMatchObject({
        code: "worker_died",
        message: "it did not start",
      });
      const up = open({ startMs: 10_000 });
      await up.call("add", [1, 2]);
      const stop = new AbortController();
      const long = up.call("wait", [false], { signal: stop.signal });
      setTimeout(() => stop.abort(), 50);
      await expect(long).rejects.toMatchObject({ code: "aborted" });
      expect(up.isAlive).toBe(true);
    });

    test("tells once that it is over, and its calls why", async () => {
      const reasons: string[] = [];
      const thread = open({ onEnd: ({ message }) => reasons.push(message) });
      const waiting = expect(thread.call("wait", [true])).rejects.toMatchObject({
        code: "worker_died",
      });
      await thread.end(new AppError("worker_died", "what it needs is gone"));
      await waiting;
      await thread.end();
      expect(reasons).toEqual(["what it needs is gone"]);
    });

    test("cancels what waits when it is ended", async () => {
      const thread = open();
      const waiting = expect(thread.call("wait", [true])).rejects.toMatchObject({
        code: "aborted",
      });
      await thread.end();
      await waiting;
      await expect(thread.call("add", [1, 2])).rejects.toMatchObject({ code: "aborted" });
    });
  });

  describe(`LastingThread in ${name}`, () => {
    function lasting(options: Lasting<SampleApi> = {}) {
      const log: string[] = [];
      const thread = new LastingThread<SampleApi>(() => {
        log.push("started");
        const started = spawn();
        return {
          ...started,
          end: () => {
            log.push("ended");
            return started.end();
          },
        };
      }, options);
      opened.push(thread);
      return { thread, log };
    }

    test("starts with the first call and is kept, also after a refusal", async () => {
      const { thread, log } = lasting();
      expect(log).toEqual([]);
      await thread.call("add", [1, 2]);
      await expect(thread.call("refuse", ["why"])).rejects.toMatchObject({ code: "bad_model" });
      await thread.call("add", [1, 2]);
      expect(log).toEqual(["started"]);
    });

    test("starts anew after it died, and is made ready each time", async () => {
      const prepared: number[] = [];
      const { thread, log } = lasting({
        prepare: async (fresh) => prepared.push(await fresh.call("add", [prepared.length, 1])),
      });
      await expect(thread.call("die", [])).rejects.toMatchObject({ code: "worker_died" });
      expect(await thread.call("add", [1, 2])).toBe(3);
      expect(log).toEqual(["started", "ended", "started"]);
      expect(prepared).toEqual([1, 2]);
    });

    test("starts anew after what is fatal, or once it was ended", async () => {
      const { thread, log } = lasting({
        isFatal: (error) => error instanceof AppError && error.code === "internal",
      });
      await expect(thread.call("stumble", [])).rejects.toMatchObject({ code: "internal" });
      await thread.call("add", [1, 2]);
      await thread.end();
      await thread.call("add", [1, 2]);
      expect(log).toEqual(["started", "ended", "started", "ended", "started"]);
    });

    test("starts anew when it could not be made ready or started", async () => {
      let failing = true;
      const { thread, log } = lasting({
        prepare: async () => {
          if (failing) throw new AppError("network_failed", "offline");
        },
      });
      await expect(thread.call("add", [1, 2])).rejects.toMatchObject({ code: "network_failed" });
      failing = false;
      expect(await thread.call("add", [1, 2])).toBe(3);
      expect(log).toEqual(["started", "ended", "started"]);
      const nowhere = new LastingThread<SampleApi>(() => {
        throw new ReferenceError("Worker is not defined");
      });
      await expect(nowhere.call("add", [1, 2])).rejects.toMatchObject({ code: "worker_died" });
    });
  });
}
