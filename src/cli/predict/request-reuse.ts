import { acrossSpaces } from "../../engine/kinds/table/fill/across";
import { type Filling, knownColumns } from "../../engine/kinds/table/fill/fill-in";
import { EngineError } from "../../engine/ground/errors";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { RunnableModel } from "../../engine/learnware/runnable-model";
import type { FailedLearnware } from "../../engine/reuse/predict/learnware-run";
import type { ReuseRequest } from "../../engine/reuse/predict/prepare-reuse";
import { shortlist } from "../../engine/reuse/predict/shortlist";
import type { Ranking } from "../../engine/search/rank";
import { trainAlignments } from "../../runtime/tensors/align-learnwares";
import type { ModelPool } from "../../runtime/models/model-pool";
import { openTensorsInNode } from "../../runtime/tensors/tfjs-in-node";
import { finish } from "../../engine/ground/finish";
import { type Candidate, type FoundLearnwares, sampleOf } from "./find-learnwares";
import { type OpenedLearnware, openCandidate } from "./run-learnwares";
import type { UserTable } from "./user-table";
import { gaussianKernel } from "../../engine/specification/kernel/kernel";
import { readAnswers } from "../../engine/kinds/table/columns/read-answers";
import { rankKnown } from "../../engine/search/rank-known";
import { userRows } from "../../engine/kinds/rows";
import { kindOf } from "../../engine/kinds/index";

export interface TableReuse {
  readonly request: ReuseRequest;
  /** Whether models get columns that the table lacks. */
  readonly fillsIn: boolean;
  readonly opened: readonly OpenedLearnware[];
  /** Zips that could not be read. */
  readonly failed: readonly FailedLearnware[];
  readonly about: RunnableModel;
  /** By id. */
  readonly names: ReadonlyMap<string, string>;
}

interface ReuseParts {
  readonly compute: Compute;
  readonly pool: ModelPool;
  readonly filling: Filling;
}

/**
 * Rank the candidates by all rows, or a sample of many, in the columns that the table has, and open the nearest.
 *
 * @throws EngineError of the first zip that cannot be read if none can.
 */
export async function requestReuse(
  table: UserTable,
  { island, matches, candidates }: FoundLearnwares,
  { compute, pool, filling }: ReuseParts,
): Promise<TableReuse> {
  const mapping = { island, matches };
  const ranking = await finish(
    rankKnown(
      compute,
      await sampleOf(table, mapping),
      gaussianKernel(island.gamma),
      candidates.map(({ spec }) => spec),
      knownColumns(island, matches),
    ),
  );
  const wanted = shortlist(ranked(ranking, candidates), ({ downloadBytes }) => downloadBytes);
  const parts = wanted.length === 1 ? pool.threads : 1;
  const opened: OpenedLearnware[] = [];
  const failed: FailedLearnware[] = [];
  for (const candidate of wanted) {
    try {
      opened.push(await openCandidate(candidate, pool, parts));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      failed.push({ id: candidate.id, error });
    }
  }
  const about = opened[0]?.about;
  if (!about) throw failed[0]?.error ?? new EngineError("bad_parameter", "no learnware was found");
  const rows: ReuseRequest["rows"] = {
    count: table.rows,
    read: async (chosen, withOwn) =>
      userRows(kindOf(island), island, await table.read(mapping, chosen, withOwn)),
  };
  const answers = table.answers && readAnswers(table.answers, about.task);
  const request = { learnwares: opened, rows, answers, compute };
  const learned =
    filling === "network"
      ? await finish(trainAlignments(await openTensorsInNode(), request, island, matches))
      : new Map();
  const filled = acrossSpaces(request, island, matches, learned);
  return {
    ...{ request: filled, fillsIn: filled !== request, opened, failed, about },
    names: new Map(opened.map(({ id, name }) => [id, name])),
  };
}

function ranked({ singles }: Ranking, candidates: readonly Candidate[]): Candidate[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return singles.flatMap(({ id }) => byId.get(id) ?? []);
}
