import { expect, test } from "vitest";

import { lazyDock, lazyPredictor } from "../../../src/app/lazy-clients";
import { AppError, type ErrorCode } from "../../../src/contracts/outcome";
import { fakeClients, preparation, reused } from "./fakes";

function predictorWith(failures: (ErrorCode | null)[], prepare = async () => undefined) {
  const log: string[] = [];
  const open = () => ({
    prepare: async () => preparation,
    predict: async () => {
      const code = failures.shift();
      if (code) throw new AppError(code, code);
      return reused;
    },
    bundle: async () => new Blob(),
    dispose: () => void log.push("disposed"),
  });
  const counted = () => {
    log.push("opened");
    return open();
  };
  return { predictor: lazyPredictor(counted, prepare), log };
}

test("opens a worker with the first call and keeps it", async () => {
  const { predictor, log } = predictorWith([]);
  expect(log).toEqual([]);
  await predictor.predict(1, "average", 1);
  await predictor.predict(1, "average", 1);
  expect(log).toEqual(["opened"]);
});

test("keeps the worker after an expected refusal, replaces it after it broke", async () => {
  const { predictor, log } = predictorWith(["bad_model", "device_lost", null]);
  await expect(predictor.predict(1, "average", 1)).rejects.toMatchObject({ code: "bad_model" });
  expect(log).toEqual(["opened"]);
  await expect(predictor.predict(1, "average", 1)).rejects.toMatchObject({ code: "device_lost" });
  await predictor.predict(1, "average", 1);
  expect(log).toEqual(["opened", "disposed", "opened"]);
});

test("ends the worker when it is released, and opens another with the next call", async () => {
  const { predictor, log } = predictorWith([]);
  predictor.release();
  expect(log).toEqual([]);
  await predictor.predict(1, "average", 1);
  predictor.release();
  await predictor.predict(1, "average", 1);
  expect(log).toEqual(["opened", "disposed", "opened"]);
});

test("starts afresh when it could not be made ready", async () => {
  let failing = true;
  const { predictor, log } = predictorWith([], async () => {
    if (failing) throw new AppError("network_failed", "offline");
  });
  await expect(predictor.predict(1, "average", 1)).rejects.toMatchObject({
    code: "network_failed",
  });
  failing = false;
  await predictor.predict(1, "average", 1);
  expect(log).toEqual(["opened", "disposed", "opened"]);
});

test("loads the dock's client with the first question, and again after that failed", async () => {
  let loads = 0;
  const dock = lazyDock(true, async () => {
    loads += 1;
    if (loads === 1) throw new TypeError("failed to fetch");
    return { ...fakeClients().dock, packageBytes: async () => new Uint8Array() };
  });
  expect(dock.sendsRequests).toBe(true);
  expect(loads).toBe(0);
  await expect(dock.islands()).rejects.toMatchObject({ code: "network_failed" });
  const islands = await dock.islands();
  await dock.island(islands[0]!.id);
  expect(loads).toBe(2);
});
