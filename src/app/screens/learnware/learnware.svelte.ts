import type { IslandSummary, LearnwareCard } from "../../../contracts/http/dock-api";
import { specificationFromWire } from "../../../contracts/wire/wire-on-book";
import { dimensionOf } from "../../../engine/kinds/dimension-of";
import { isOfTables } from "../../../engine/kinds/space";
import { type FeatureBand, featureBands } from "../../../engine/kinds/table/space/feature-bands";
import { scanSketches } from "../../../engine/search/sketches/sketch-scan";
import type { Clients } from "../../clients";
import { LatestJob } from "../../components/latest-job";
import { type Problem, problemOf } from "../../problem";
import { saveFile } from "../../save-file";
import type { OpenedPackage } from "./inside/opened-package";
import { planeOf, type PlanePoint } from "./plane";
import { columnsOf } from "./inside/input-columns";
import type { InputColumn } from "./inside/snippets";
import { absolute } from "./absolute";

/** What its specification tells. */
interface Told {
  readonly points: number;
  readonly bands: readonly FeatureBand[];
  readonly plane: readonly PlanePoint[];
}

interface Kin {
  readonly card: LearnwareCard;
  readonly similarity: number;
}

export type Part<T> =
  | { readonly kind: "idle" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T }
  | { readonly kind: "failed"; readonly problem: Problem };

const idle = { kind: "idle" } as const;
/** On a larger kind of data the sketches of all are a large download, and are fetched when asked for. */
const FEW = 2000;
const MOST_KIN = 5;

/** One model, and what can be told of it. Parts that fail leave the others standing. */
export class LearnwareView {
  #card = $state.raw<Part<LearnwareCard>>({ kind: "loading" });
  #island = $state.raw<IslandSummary | null>(null);
  #told = $state.raw<Part<Told>>(idle);
  #kin = $state.raw<Part<readonly Kin[]>>(idle);
  #opened = $state.raw<Part<OpenedPackage>>(idle);
  #address = $state.raw("");
  #saving = $state.raw<Part<null>>(idle);
  readonly #job = new LatestJob();
  readonly #clients: Pick<Clients, "dock" | "packages">;
  #id = "";

  constructor(clients: Pick<Clients, "dock" | "packages">) {
    this.#clients = clients;
  }

  get card(): Part<LearnwareCard> {
    return this.#card;
  }
  get island(): IslandSummary | null {
    return this.#island;
  }
  /** What kind of data it reads, where that is none of tables. */
  get otherKind(): "text" | "image" | null {
    const space = this.#island?.space;
    return !space || isOfTables(space) ? null : space.kind;
  }
  get told(): Part<Told> {
    return this.#told;
  }
  get kin(): Part<readonly Kin[]> {
    return this.#kin;
  }
  get opened(): Part<OpenedPackage> {
    return this.#opened;
  }
  get saving(): Part<null> {
    return this.#saving;
  }
  /** Where the package can be fetched; empty before that is known. */
  get address(): string {
    return this.#address;
  }

  /** The columns that the model takes, each with the middle of what it learnt from. */
  get columns(): readonly InputColumn[] {
    const space = this.#island?.space;
    if (this.#card.kind !== "ready" || this.#told.kind !== "ready") return [];
    if (!space || !isOfTables(space)) return [];
    return columnsOf(this.#card.value.features, this.#told.value.bands, space);
  }

  async show(id: string): Promise<void> {
    if (id === this.#id && this.#card.kind !== "failed") return;
    this.#id = id;
    const signal = this.#job.start();
    this.#card = { kind: "loading" };
    [this.#told, this.#kin, this.#opened, this.#saving] = [idle, idle, idle, idle];
    this.#address = "";
    const { dock } = this.#clients;
    try {
      const card = await dock.learnware(id, { signal });
      const island = await dock.island(card.islandId, { signal });
      const address = await dock.packageAddress(card);
      if (!this.#job.isCurrent(signal)) return;
      this.#address = absolute(address);
      this.#island = island;
      this.#card = { kind: "ready", value: card };
      await this.#tell(card, island, signal);
      if (island.learnwareCount <= FEW) await this.findKin();
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      this.#card = failed(error);
    }
  }

  async retry(): Promise<void> {
    await this.show(this.#id);
  }

  /** Those whose data look most alike. */
  async findKin(): Promise<void> {
    const [card, island] = [this.#card, this.#island];
    if (card.kind !== "ready" || !island) return;
    const of = card.value.id;
    await this.#fill(
      of,
      (kin) => (this.#kin = kin),
      async () => {
        const { entries, sketches } = await this.#clients.dock.sketches(island.id);
        const own = entries.findIndex(({ id }) => id === of);
        if (own < 0) return [];
        const { data, scales, count } = sketches;
        const sketch = Float64Array.from(
          data.subarray(own * count, (own + 1) * count),
          (whole) => whole * scales[own]!,
        );
        const near = scanSketches(sketches, sketch, MOST_KIN + 1).filter(
          ({ index }) => index !== own,
        );
        return Promise.all(
          near.slice(0, MOST_KIN).map(async ({ index, similarity }) => ({
            card: await this.#clients.dock.learnware(entries[index]!.id),
            similarity,
          })),
        );
      },
    );
  }

  /** Fetches the package, checks it, and looks into it. */
  async openPackage(): Promise<void> {
    if (this.#card.kind !== "ready") return;
    const { value: card } = this.#card;
    await this.#fill(
      card.id,
      (opened) => (this.#opened = opened),
      async () => {
        const [zip, { openPackage }] = await Promise.all([
          this.#clients.packages.get(card),
          import("./inside/opened-package"),
        ]);
        return openPackage(zip);
      },
    );
  }

  async save(): Promise<void> {
    if (this.#card.kind !== "ready") return;
    const { value: card } = this.#card;
    await this.#fill(
      card.id,
      (saving) => (this.#saving = saving),
      async () => {
        const zip = await this.#clients.packages.get(card);
        saveFile(new Blob([zip], { type: "application/zip" }), `${card.id}.zip`);
        return null;
      },
    );
  }

  async #tell(card: LearnwareCard, { space }: IslandSummary, signal: AbortSignal): Promise<void> {
    await this.#fill(
      card.id,
      (told) => (this.#told = told),
      async () => {
        const { dock } = this.#clients;
        const name = { id: card.id, sha256: card.sha256, spaceVersion: space.version };
        const [{ rkme }, points] = await Promise.all([
          dock.specification(name, { signal }),
          space.book ? dock.book(space.book, dimensionOf(space), { signal }) : null,
        ]);
        const book = points && { points, kernel: space.kernel };
        const specification = specificationFromWire(rkme, space, book);
        return {
          points: specification.points.rows,
          bands: isOfTables(space) ? featureBands(space, specification) : [],
          plane: planeOf(specification),
        };
      },
    );
  }

  /** @param id - Of the model that the part is about; of another one nothing is shown any more. */
  async #fill<T>(id: string, set: (part: Part<T>) => void, load: () => Promise<T>): Promise<void> {
    const put = (part: Part<T>) => {
      if (this.#id === id) set(part);
    };
    put({ kind: "loading" });
    try {
      put({ kind: "ready", value: await load() });
    } catch (error) {
      put(failed(error));
    }
  }
}

function failed(error: unknown): { kind: "failed"; problem: Problem } | typeof idle {
  const problem = problemOf(error);
  return problem ? { kind: "failed", problem } : idle;
}
