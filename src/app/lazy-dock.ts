import type { Dock } from "../client/dock/dock";
import { AppError } from "../contracts/outcome";

/**
 * A dock whose client loads with the first question to it: what checks the answers is large.
 *
 * @param chart - Read without it.
 */
export function lazyDock(
  sendsRequests: boolean,
  load: () => Promise<Dock>,
  chart: Dock["chart"],
): Dock {
  let loading: Promise<Dock> | null = null;
  const use = async <T>(ask: (dock: Dock) => Promise<T>): Promise<T> => {
    loading ??= load();
    const mine = loading;
    const dock = await mine.catch((cause: unknown) => {
      if (loading === mine) loading = null;
      throw new AppError("network_failed", "the dock's client did not load", {}, { cause });
    });
    return ask(dock);
  };
  return {
    sendsRequests,
    islands: (call) => use((dock) => dock.islands(call)),
    island: (id, call) => use((dock) => dock.island(id, call)),
    chart,
    sketches: (islandId, call) => use((dock) => dock.sketches(islandId, call)),
    search: (request, call) => use((dock) => dock.search(request, call)),
    searchNext: (request, call) => use((dock) => dock.searchNext(request, call)),
    learnware: (id, call) => use((dock) => dock.learnware(id, call)),
    specification: (name, call) => use((dock) => dock.specification(name, call)),
    book: (mark, cols, call) => use((dock) => dock.book(mark, cols, call)),
    packageAddress: (name) => use((dock) => dock.packageAddress(name)),
    packageBytes: (name, call) => use((dock) => dock.packageBytes(name, call)),
  };
}
