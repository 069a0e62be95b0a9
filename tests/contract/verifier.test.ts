import { expect, test } from "vitest";

import type { LearnwareEdit } from "../../src/contracts/http/my-api";
import { Verifier, type VerifierLimits } from "../../src/dock/verify/verifier";
import type { Check } from "../../src/engine/verify/check";
import type { PackageParts } from "../../src/engine/verify/read-package";
import { openLearnware } from "../../src/engine/learnware/package";
import { readAll } from "../../src/dock/storage/blobs/read-all";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";
import { loopingModel } from "../fixtures/hostile-models";
import { patience } from "../patience";

interface Verdict {
  readonly parts: PackageParts | null;
  readonly checks: readonly Check[];
  readonly edited: Uint8Array | null;
}

async function verdictOn(
  zip: Uint8Array,
  { edit = null, limits }: { edit?: LearnwareEdit | null; limits?: VerifierLimits } = {},
): Promise<Verdict> {
  const checks: Check[] = [];
  let edited: Uint8Array | null = null;
  const parts = await new Verifier(limits).verify({
    zip: (async function* () {
      yield zip;
    })(),
    edit,
    findSpace: async (id, version) => (id === island.id && version === 1 ? island : null),
    onCheck: async (check) => void checks.push(check),
    keep: () => Promise.resolve(),
    onEdited: async (stream) => {
      edited = await readAll(stream);
    },
  });
  return { parts, checks, edited };
}

const badIn = ({ checks }: Verdict) => checks.filter(({ state }) => state !== "passed");

test(
  "a good learnware passes every check, and its parts come back",
  async () => {
    const verdict = await verdictOn(await packageOf("House prices"));
    expect(badIn(verdict)).toEqual([]);
    expect(verdict.parts?.manifest.name).toBe("House prices");
    expect(verdict.checks.map(({ id }) => id)).toEqual([
      ...["zip", "manifest", "semantic", "model", "specification", "honesty", "space"],
      ...["own_rows", "noise", "edges", "batches", "speed", "sample"],
    ]);
  },
  patience(120),
);

test(
  "what is no zip is refused in words",
  async () => {
    const verdict = await verdictOn(new TextEncoder().encode("no zip at all"));
    expect(verdict.parts).toBeNull();
    expect(badIn(verdict)).toMatchObject([{ id: "zip", state: "refused", code: "bad_package" }]);
  },
  patience(120),
);

test(
  "a model that never comes to an end is ended, and refused",
  async () => {
    const zip = await packageOf("Endless", { model: loopingModel() });
    const limits = { timeoutMs: patience(12), memoryBytes: 2 ** 31 };
    const verdict = await verdictOn(zip, { limits });
    expect(verdict.parts).toBeNull();
    expect(badIn(verdict)).toMatchObject([{ id: "own_rows", state: "refused", code: "breaks" }]);
  },
  patience(180),
);

test(
  "an edit is packed anew with the same model, and verified as such",
  async () => {
    const zip = await packageOf("House prices");
    const edit = { name: "Prices of houses", licence: "Apache-2.0" } as const;
    const { edited, parts } = await verdictOn(zip, { edit });
    expect(parts?.manifest.name).toBe("Prices of houses");
    const [before, after] = [await openLearnware(zip), await openLearnware(edited!)];
    expect(after.model).toEqual(before.model);
    expect(after.stat).toBe(before.stat);
    expect(after.semantic).toMatchObject({
      Name: { Values: "Prices of houses" },
      License: { Values: ["Apache-2.0"] },
      Description: before.semantic.Description,
    });
  },
  patience(120),
);

test(
  "points where nobody has rows are refused",
  async () => {
    const rkme = rkmeAround(1e6, 1e6);
    const verdict = await verdictOn(await packageOf("Everywhere", { rkme }));
    expect(badIn(verdict)).toMatchObject([{ id: "honesty", state: "refused", code: "far_points" }]);
  },
  patience(120),
);
