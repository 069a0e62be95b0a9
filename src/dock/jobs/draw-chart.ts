import { featuresOf } from "../../engine/kinds/features-of";
import { createHash } from "node:crypto";

import type { IslandSummary } from "../../contracts/http/dock-api";
import { readChart } from "../../contracts/wire/read-chart";
import { chartToWire } from "../../contracts/wire/wire-chart";
import { fitAshore, radiusOf } from "../../engine/chart/ashore";
import type { Chart, ChartIsland } from "../../engine/chart/chart";
import { drawChart, type LaidOut } from "../../engine/chart/draw-chart";
import { Landmarks } from "../../engine/chart/island-layout";
import type { LearnwareStore, Placed, StoredChart } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";

/** Learnwares read from the store at a time. */
const PAGE = 500;
/** Cards that the tags of an island are taken from. */
const MOST_CARDS = 200;
const MOST_TAGS = 5;

interface DrawingParts {
  readonly store: Pick<
    LearnwareStore,
    "chart" | "findSpace" | "growth" | "islands" | "list" | "placed" | "putChart"
  >;
}

/** Draws the chart of the dock: from sketches alone, going on from the chart before. */
export class ChartDrawing {
  readonly #store: DrawingParts["store"];

  constructor({ store }: DrawingParts) {
    this.#store = store;
  }

  /** @returns The chart of the dock as it is now, drawn anew only if something has changed. */
  async run({ keep }: JobContext): Promise<StoredChart> {
    const islands = await this.#store.islands();
    const drawnOf = await this.#stateOf(islands);
    const stored = await this.#store.chart();
    if (stored?.drawnOf === drawnOf) return stored;
    const before = stored && chartBefore(stored);
    const were = new Map(before?.islands.map((one) => [one.id, one]) ?? []);
    const laidOut: LaidOut[] = [];
    for (const island of islands) {
      laidOut.push(await this.#layOut(island, were.get(island.id), keep));
    }
    const document = JSON.stringify(chartToWire(drawChart(laidOut, before)));
    const drawn = { tag: hashOf(document), drawnOf, document };
    await this.#store.putChart(drawn);
    return drawn;
  }

  /** What a chart depends on, in short. */
  async #stateOf(islands: readonly IslandSummary[]): Promise<string> {
    const state: string[] = [];
    for (const { id, name, space } of islands) {
      const growth = await this.#store.growth(space.id);
      state.push(`${id} ${name} ${space.id}@${space.version} ${growth?.changes ?? ""}`);
    }
    return hashOf(state.join("\n"));
  }

  async #layOut(
    island: IslandSummary,
    was: ChartIsland | undefined,
    keep: JobContext["keep"],
  ): Promise<LaidOut> {
    const landmarks = new Landmarks();
    for await (const placed of this.#placed(island, keep)) landmarks.offer(placed);
    const settled = landmarks.settle(placesBefore(was));
    const places: { id: string; place: readonly [x: number, y: number] }[] = [];
    for await (const { id, sketch } of this.#placed(island, keep)) {
      places.push({ id, place: settled.placeOf({ id, sketch }) });
    }
    places.sort((a, b) => (a.id < b.id ? -1 : 1));
    const radius = radiusOf(places.length);
    const flat = new Float64Array(2 * places.length);
    places.forEach(({ place }, i) => flat.set(place, 2 * i));
    return {
      id: island.id,
      name: island.name,
      spaceId: island.space.id,
      features: featuresOf(island.space).map(({ name }) => name),
      tags: await this.#tagsOf(island),
      ids: places.map(({ id }) => id),
      radius,
      ...fitAshore(flat, radius),
    };
  }

  async *#placed(
    { id, space: { id: spaceId } }: IslandSummary,
    keep: JobContext["keep"],
  ): AsyncGenerator<Placed, void, undefined> {
    const space = await this.#store.findSpace(spaceId);
    for (let after: string | undefined = "0"; space && after !== undefined;) {
      await keep();
      const page: Placed[] = await this.#store.placed(space, after, PAGE, id);
      yield* page;
      after = page.at(-1)?.number;
    }
  }

  /** What its first learnwares are for, the most frequent first. */
  async #tagsOf({ id }: IslandSummary): Promise<string[]> {
    const { learnwares } = await this.#store.list(
      { islandId: id },
      { limit: MOST_CARDS, offset: 0 },
    );
    const counts = new Map<string, number>();
    for (const { semantic } of learnwares) {
      for (const tag of semantic.Scenario.Values) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    const frequent = [...counts].sort(([, ofA], [, ofB]) => ofB - ofA); // Of equals the first that was named.
    return frequent.slice(0, MOST_TAGS).map(([tag]) => tag);
  }
}

/** Where learnwares were, in units of distance between them. */
function placesBefore(
  was: ChartIsland | undefined,
): ReadonlyMap<string, readonly [x: number, y: number]> {
  if (!was || was.unit === 0) return new Map();
  const { ids, places, unit } = was;
  return new Map(ids.map((id, i) => [id, [places[2 * i]! / unit, places[2 * i + 1]! / unit]]));
}

/** Null for one that an earlier version of the dock wrote otherwise. */
function chartBefore({ document }: StoredChart): Chart | null {
  try {
    return readChart(JSON.parse(document));
  } catch {
    return null;
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
