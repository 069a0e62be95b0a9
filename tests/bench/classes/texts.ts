/** @file `bench -- market --kind text`: texts that others' models tell the class of. */

import { readPinnedBook } from "../../../src/cli/describe/describe-pinned";
import { basisOf, placeHere } from "../../../src/cli/texts/place-texts";
import { finish } from "../../../src/engine/ground/finish";
import { pickRows } from "../../../src/engine/ground/matrix";
import { canonical } from "../../../src/engine/kinds/text/embed/canonical";
import { TEXT_SPACES } from "../../../src/engine/kinds/text/spaces";
import { textKind } from "../../../src/engine/kinds/text/text-kind";
import { predictTextModel, trainTextModel } from "../../../src/engine/kinds/text/train/text-model";
import type { Specification } from "../../../src/engine/specification/specification";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";
import { rankAsReference, reduceAsReference } from "../reference-way";
import type { Figure } from "../report";
import { type ClassRows, measureMarket, targetOf } from "./measure-market";
import { MarketTally } from "./tell-markets";
import { marketOfFile, textMarkets } from "./text-markets";

export interface TextMarketOptions {
  readonly data: string | undefined;
  readonly file: string | undefined;
  readonly textColumn: string;
  readonly labelColumn: string;
  readonly groupColumn: string | undefined;
  readonly quick: boolean;
}

const SEEDS = [0, 1];
const QUICK_USERS = 4;

export async function benchTextMarkets(options: TextMarketOptions): Promise<Figure[]> {
  const compute = await WasmCompute.create();
  const tally = new MarketTally();
  for (const seed of options.quick ? SEEDS.slice(0, 1) : SEEDS) {
    for (const { texts, market } of await marketsOf(options, seed)) {
      const users = options.quick ? market.users.slice(0, QUICK_USERS) : market.users;
      tally.add(market.name, await measureMarket(compute, await rowsOf(texts), { ...market, users })); // prettier-ignore
    }
  }
  return tally.tell();
}

async function marketsOf({ data, file, ...options }: TextMarketOptions, seed: number) {
  if (file === undefined) return textMarkets(data ?? "../shared/data", seed);
  const { textColumn: text, labelColumn: label, groupColumn: group } = options;
  return [await marketOfFile(file, { text, label, group }, seed)];
}

async function rowsOf(texts: readonly string[]): Promise<ClassRows<Specification>> {
  const basis = basisOf(texts);
  const space = TEXT_SPACES[basis];
  const data = await placeHere(texts, [basis]);
  const plan = { space, placed: [] } as const;
  const { vectors } = data.places.get(basis)!;
  return {
    space,
    book: await readPinnedBook(space),
    points: textKind.points(data, plan),
    read: async (rows, withOwn) => textKind.rows(data, plan, rows, withOwn ? null : undefined),
    learn: async (rows, all) => {
      const { labels, target } = targetOf(rows, all);
      const model = await finish(trainTextModel(rows.map((row) => texts[row]!), target)); // prettier-ignore
      return {
        about: { task: "classification", target: "label", features: [], labels, input: "text", output: "probabilities" }, // prettier-ignore
        answer: (asked) =>
          predictTextModel(
            model,
            asked.map((row) => canonical(texts[row]!)),
          ),
        run: async ([input]) => predictTextModel(model, input!.data as readonly string[]),
      };
    },
    // Its own embedding of texts is in no package that may be shipped: ours stands for it.
    package: {
      describe: (rows) => reduceAsReference(pickRows(vectors, rows)),
      rank: rankAsReference,
    },
  };
}
