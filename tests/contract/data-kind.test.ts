import { normal, seededRandom } from "../../src/engine/ground/random";
import type { Table } from "../../src/engine/kinds/table/columns/column";
import { foundSpace } from "../../src/engine/kinds/table/space/found";
import { tableKind } from "../../src/engine/kinds/table/table-kind";
import { dataKindSuite } from "./data-kind.suite";

const COLOURS = ["red", "green", "blue"];

/** Two numbers that go together, and a colour. */
function tableOf(seed: number): Table {
  const random = seededRandom(seed);
  const size = new Float64Array(240).map(() => 100 + 20 * normal(random));
  const price = size.map((value) => 3 * value + 10 * normal(random));
  const codes = Int32Array.from(size, () => Math.floor(random() * COLOURS.length));
  return {
    rows: size.length,
    columns: [
      { name: "size", type: "number", numbers: size, codes: null, categories: [] },
      { name: "price", type: "number", numbers: price, codes: null, categories: [] },
      { name: "colour", type: "category", numbers: null, codes, categories: COLOURS },
    ],
  };
}

const about = { description: "", features: [{ column: "size" }, { column: "colour" }] };
const none = {
  count: 240,
  missing: 0,
  empty: 0,
  distinct: 240,
  distinctIsExact: true,
  range: null,
  unit: null,
  spelling: { decimal: "." as const },
};
const unknown = { ...none, mean: null, histogram: null, top: null };

dataKindSuite({
  kind: tableKind,
  space: foundSpace({ ...about, id: "boxes", name: "Boxes" }, tableOf(1)),
  otherSpace: foundSpace(
    { ...about, id: "prices", name: "Prices", features: [{ column: "price" }, { column: "size" }] },
    tableOf(1),
  ),
  dataOf: tableOf,
  profile: {
    columns: (["number", "category"] as const).map((type, i) => ({
      ...unknown,
      ...{ name: ["size", "colour"][i]!, type, detected: type, possible: [type] },
    })),
  },
  about: { input: "X", features: ["colour", "size"] },
  foreign: { input: "X", features: ["price"] },
});
