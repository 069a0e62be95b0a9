import type { Searcher } from "../../../../client/dock/sketch-search";
import type { Embedded } from "../../../../contracts/workers/embedded";
import type { FindPorts } from "../../../../workflows/find/ports";
import { stepsOf } from "../../../../workflows/steps-of";
import type { Describer, Dock, TableKeeper } from "../../../clients";

export interface FindClients {
  readonly data: Pick<TableKeeper, "embed">;
  readonly spec: Omit<Describer, "layBeside">;
  readonly dock: Pick<Dock, "search" | "sketches" | "learnware" | "book" | "specification">;
  readonly searcher: Pick<Searcher, "scan">;
}

/** The clients as ports of one search, which ends when the signal fires. */
export function findPorts(
  { data, spec, dock, searcher }: FindClients,
  signal: AbortSignal,
  onEmbedded: (embedded: Embedded | null) => void,
): Pick<FindPorts, "describer" | "scan"> & { readonly dock: Omit<FindPorts["dock"], "island"> } {
  const call = { signal };
  return {
    describer: {
      describe: (island, matches, book) =>
        stepsOf(async (onProgress) => {
          onEmbedded(await data.embed(island, matches, { signal, onProgress }));
          return spec.describe(island, matches, book, { signal, onProgress });
        }),
      sketch: (island, matches, privacy, book) =>
        stepsOf(async (onProgress) => {
          onEmbedded(await data.embed(island, matches, { signal, onProgress }));
          return spec.sketch(island, matches, privacy, book, { signal, onProgress });
        }),
      rank: (candidates) => stepsOf((onProgress) => spec.rank(candidates, { signal, onProgress })),
    },
    scan: (query) => stepsOf((onProgress) => searcher.scan(query, { signal, onProgress })),
    dock: {
      search: (request) => dock.search(request, call),
      sketches: (id) => stepsOf((onProgress) => dock.sketches(id, { signal, onProgress })),
      learnware: (id) => dock.learnware(id, call),
      book: (mark, cols) => stepsOf((onProgress) => dock.book(mark, cols, { signal, onProgress })),
      specification: (name) => dock.specification(name, call),
    },
  };
}
