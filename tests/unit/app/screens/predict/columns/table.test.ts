import { describe, expect, test } from "vitest";

import type { Call } from "../../../../../../src/app/clients";
import { TableStep } from "../../../../../../src/app/screens/predict/columns/table.svelte";
import { AppError } from "../../../../../../src/contracts/outcome";
import type { WantedCells } from "../../../../../../src/engine/kinds/table/window/shown-cells";
import { fakeClients, profile } from "../../../fakes";

const file = new File(["a,b\n1,2\n"], "homes.csv");

function modelWith(read: (file: File, options: object, call?: Call) => Promise<typeof profile>) {
  const changes: string[] = [];
  const data = {
    read,
    cells: (wanted: WantedCells) => fakeClients().data.cells(wanted),
    retype: async () => Promise.reject(new AppError("type_not_possible", "no", { column: "a" })),
  };
  const model = new TableStep(data, ({ file }) => changes.push(file.name));
  return { model, changes };
}

describe("the table panel", () => {
  test("goes from empty through reading to loaded, and tells the next step", async () => {
    const { model, changes } = modelWith(async (_file, _options, call) => {
      call?.onProgress?.({ stage: "read", done: 1, total: 2 });
      expect(model.state).toMatchObject({ kind: "reading", progress: { done: 1, total: 2 } });
      return profile;
    });
    expect(model.state.kind).toBe("empty");
    await model.read(file);
    expect(model.state).toMatchObject({ kind: "loaded", table: { file, profile } });
    expect(changes).toEqual(["homes.csv"]);
  });

  test("keeps the earlier table when a later file cannot be read", async () => {
    let failing = false;
    const { model, changes } = modelWith(async () => {
      if (failing) throw new AppError("binary_file", "no text");
      return profile;
    });
    await model.read(file);
    failing = true;
    await model.read(new File(["x"], "photo.jpg"));
    expect(model.state).toMatchObject({ kind: "failed", problem: { code: "binary_file" } });
    expect(model.table?.file.name).toBe("homes.csv");
    expect(changes).toHaveLength(1);
  });

  test("says nothing when reading is cancelled, and goes back to what there was", async () => {
    const { model } = modelWith(
      (_file, _options, call) =>
        new Promise((_, reject) => {
          call?.signal?.addEventListener("abort", () => reject(new AppError("aborted", "stopped")));
        }),
    );
    const reading = model.read(file);
    model.cancel();
    await reading;
    expect(model.state.kind).toBe("empty");
  });

  test("drops the answer of a reading that a later one replaced", async () => {
    const answers: ((value: typeof profile) => void)[] = [];
    const { model, changes } = modelWith(() => new Promise((resolve) => answers.push(resolve)));
    const first = model.read(new File(["x"], "first.csv"));
    const second = model.read(new File(["x"], "second.csv"));
    answers[1]?.(profile);
    answers[0]?.(profile);
    await Promise.all([first, second]);
    expect(model.table?.file.name).toBe("second.csv");
    expect(changes).toEqual(["second.csv"]);
  });

  test("reads the file again with its first row as data", async () => {
    const asked: object[] = [];
    const { model } = modelWith(async (_file, options) => {
      asked.push(options);
      return profile;
    });
    await model.read(file);
    await model.setHeader(false);
    expect(asked).toEqual([{}, { hasHeader: false }]);
  });

  test("shows that a type is not possible and keeps the table", async () => {
    const { model } = modelWith(async () => profile);
    await model.read(file);
    await model.retype(0, "date");
    expect(model.state).toMatchObject({ kind: "failed", problem: { code: "type_not_possible" } });
    expect(model.table?.profile).toBe(profile);
  });
});
