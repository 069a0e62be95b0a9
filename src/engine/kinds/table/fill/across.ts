/** @file Reusing learnwares of a feature space that the user's table has a part of. */

import { featureRows } from "../rows/feature-rows";
import { fillIn, knownColumns, linearFill, modelSpace, type ModelSpace } from "./fill-in";
import type { Alignment } from "./alignment";
import { marginalSpec, pickFloats } from "../../../specification/marginal";
import type { RunnableLearnware } from "../../../learnware/runnable-learnware";
import { matrixInput, type ModelInput } from "../../../learnware/model-input";
import type { RowReader } from "../../rows";
import { widthOf } from "../space/encoded-width";
import type { FeatureMatch, Space } from "../space/space";

/** Learnwares, and the rows that they are to be run on. */
interface LearnwaresOnRows {
  readonly learnwares: readonly RunnableLearnware[];
  readonly rows: RowReader;
}

/**
 * The same request, fit for a table that lacks some of the island's features: specifications and rows are compared
 * in the columns that are known, and each model gets for the others what its own training rows suggest.
 *
 * @param learned - By learnware: how columns are filled in, where it was learned; else by `linearFill`.
 */
export function acrossSpaces<Request extends LearnwaresOnRows>(
  request: Request,
  island: Space,
  matches: readonly FeatureMatch[],
  learned: ReadonlyMap<string, Alignment> = new Map(),
): Request {
  const { learnwares, rows } = request;
  const known = knownColumns(island, matches);
  const width = widthOf(island);
  if (known.length === width || known.length === 0) return request;
  return {
    ...request,
    rows: knownRows(rows, known),
    learnwares: learnwares.map((learnware) => {
      const { id, about, spec } = learnware;
      if (spec?.rkme.points.cols !== width) return learnware;
      const space = modelSpace(spec.rkme, about.features, island, matches);
      const alignment = learned.get(id) ?? linearFill(space);
      return {
        ...learnware,
        spec: marginalSpec(spec, known),
        run: (inputs) => learnware.run(inputs.map((input) => filled(input, space, alignment))),
      };
    }),
  };
}

function knownRows(rows: RowReader, known: readonly number[]): RowReader {
  return {
    ...rows,
    read: async (choice, withOwn) => {
      const read = await rows.read(choice, withOwn);
      return { ...read, scaled: pickFloats(read.scaled, known) };
    },
  };
}

/** A model of features has one input: their numbers. */
function filled(input: ModelInput, space: ModelSpace, alignment: Alignment): ModelInput {
  return matrixInput(input.name, fillIn(featureRows([input]), space, alignment));
}
