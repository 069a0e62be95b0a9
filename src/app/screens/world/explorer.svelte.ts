import { featuresOf } from "../../../engine/kinds/features-of";
import type { IslandSummary, LearnwareCard } from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { Clients } from "../../clients";
import { placeMarker } from "../../../engine/chart/marker";
import { openChart, type OpenedChart } from "../../chart";
import type { Berthed, OwnData } from "../../own-data.svelte";
import { type Problem, problemOf } from "../../problem";
import type { Locale } from "../../words/locale.svelte";

interface Model extends Pick<LearnwareCard, "id" | "name"> {
  /** To the user's table; null where they were not compared. */
  readonly similarity: number | null;
}

/** Models of an island, or found by name: as many as a list shows at once. */
interface Listed {
  readonly models: readonly Model[];
  readonly problem: Problem | null;
}

type Ports = Pick<Clients, "dock" | "outliner">;

/** Models listed at once; the screen of models has all of them. */
const LISTED = 12;
const NEAREST = 6;

/** All that a dock has: its chart, its islands, and what was looked for among them. */
export class Explorer {
  chart = $state.raw<OpenedChart | null>(null);
  /** Why there is no chart: it is on its way, the dock has none, or it did not come. */
  chartState = $state.raw<"loading" | "ready" | "missing" | "failed">("loading");
  islands = $state.raw<readonly IslandSummary[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  text = $state("");
  /** The island that is open in the list, and in view on the chart. */
  open = $state.raw<string | null>(null);
  /** Of the open island. */
  listed = $state.raw<Listed | null>(null);
  /** Models found by name; null unless they were looked for. */
  found = $state.raw<Listed | null>(null);
  readonly #ports: Ports;
  readonly #locale: Locale;

  readonly own: Pick<OwnData, "berthed">;

  constructor(ports: Ports, locale: Locale, own: Pick<OwnData, "berthed">) {
    this.own = own;
    this.#ports = ports;
    this.#locale = locale;
  }

  /** Those whose name, description, target or a feature has the words; the ones with most models first. */
  readonly matching = $derived.by(() => {
    const words = this.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = this.islands ?? [];
    return all
      .filter((island) => {
        const about = textOf(island, this.#locale.words.islandName(island.name));
        return words.every((word) => about.includes(word));
      })
      .sort((a, b) => b.learnwareCount - a.learnwareCount || (a.name < b.name ? -1 : 1));
  });

  /** Where the user's table lies, once it was compared with models. */
  readonly marker = $derived.by(() => {
    const { berthed } = this.own;
    const island = berthed && this.chart?.scene.byId.get(berthed.islandId);
    return island ? placeMarker(island, berthed.nearest) : null;
  });

  readonly models = $derived(
    (this.islands ?? []).reduce((sum, { learnwareCount }) => sum + learnwareCount, 0),
  );

  /** Islands that share features with one, and names of some. */
  neighbours(id: string): readonly { name: string; shared: readonly string[]; count: number }[] {
    return (this.chart?.scene.lanes ?? []).flatMap(({ from, to, shared, count }) => {
      if (from.id !== id && to.id !== id) return [];
      return [{ name: (from.id === id ? to : from).name, shared, count }];
    });
  }

  /** Fetches what is not there yet. */
  async load(): Promise<void> {
    await Promise.all([this.#loadIslands(), this.#loadChart()]);
  }

  async #loadIslands(): Promise<void> {
    if (this.islands) return;
    this.problem = null;
    try {
      this.islands = await this.#ports.dock.islands();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  async #loadChart(): Promise<void> {
    if (this.chart) return;
    this.chartState = "loading";
    try {
      this.chart = await openChart(this.#ports, this.#locale);
      this.chartState = "ready";
    } catch (error) {
      const isMissing = error instanceof AppError && error.code === "not_found";
      this.chartState = isMissing ? "missing" : "failed";
    }
  }

  /** Opens an island, or closes the one that is open. */
  async choose(id: string | null): Promise<void> {
    this.open = id;
    this.listed = null;
    if (id === null) return;
    const { berthed } = this.own;
    const listed =
      berthed?.islandId === id && berthed.nearest.length > 0
        ? await this.#nearest(berthed.nearest.slice(0, NEAREST))
        : await this.#list({ islandIds: [id] });
    if (this.open === id) this.listed = listed;
  }

  /** Looks for models whose name or description has the words. */
  async search(): Promise<void> {
    const text = this.text.trim();
    this.found = null;
    if (text === "") return;
    const found = await this.#list({ filter: { text } });
    if (this.text.trim() === text) this.found = found;
  }

  /** The words changed: what was found by others is no answer. */
  forget(): void {
    this.found = null;
  }

  async nameOf(id: string): Promise<string> {
    return (await this.#ports.dock.learnware(id)).name;
  }

  async #nearest(nearest: Berthed["nearest"]): Promise<Listed> {
    try {
      const names = await Promise.all(nearest.map(({ id }) => this.nameOf(id)));
      return { models: nearest.map((one, i) => ({ ...one, name: names[i]! })), problem: null };
    } catch (error) {
      return { models: [], problem: problemOf(error) };
    }
  }

  async #list(asked: Parameters<Clients["dock"]["search"]>[0]): Promise<Listed> {
    try {
      const { singles } = await this.#ports.dock.search({ ...asked, limit: LISTED });
      const models = singles.map(({ learnware: { id, name } }) => ({ id, name, similarity: null }));
      return { models, problem: null };
    } catch (error) {
      return { models: [], problem: problemOf(error) };
    }
  }
}

function textOf({ name, description, targets, space }: IslandSummary, said: string): string {
  const features = featuresOf(space).map((feature) => feature.name);
  return [name, said, description, ...targets, ...features].join("\n").toLowerCase();
}
