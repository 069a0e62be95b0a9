import type { PackClient } from "../../../../client/workers/sharing/pack-client";
import type {
  AnswerChoices,
  ForeignTold,
  PackedTold,
  PlacesTold,
  RowsTold,
} from "../../../../contracts/workers/pack-api";
import { dimensionOf } from "../../../../engine/kinds/dimension-of";
import type { Progress } from "../../../../engine/ground/progress";
import { isOfTables, type TableSpace } from "../../../../engine/kinds/space";
import type { Dock } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";

export interface PackingPorts {
  readonly packer: Pick<PackClient, "readModel" | "readRows" | "places" | "pack" | "release">;
  readonly dock: Pick<Dock, "islands" | "book">;
  /** Told of a learnware that was made. */
  readonly onPacked: (packed: PackedTold, fileName: string) => void;
}

interface Busy {
  readonly with: "model" | "rows" | "places" | "packing";
  readonly progress: Progress | null;
}

const OPEN: AnswerChoices = { output: null, labels: null, isLogits: null, pick: null };

/** A model that was trained elsewhere becomes a learnware: its graph, the rows that it learnt from, and what it is on. */
export class Packing {
  #file = $state.raw<File | null>(null);
  #model = $state.raw<ForeignTold | null>(null);
  #rowsFile = $state.raw<File | null>(null);
  #rows = $state.raw<RowsTold | null>(null);
  #places = $state.raw<PlacesTold | null>(null);
  #target = $state<string | null>(null);
  #names = $state.raw<readonly string[] | null>(null);
  #spaces = $state.raw<readonly TableSpace[]>([]);
  #packed = $state.raw<PackedTold | null>(null);
  #busy = $state.raw<Busy | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** The space to join; null for a new one. */
  join = $state<string | null>(null);
  /** What a new kind of data is called. */
  title = $state("");
  isUnseen = $state(false);
  test = $state.raw<File | null>(null);
  /** Rows that are published with it. */
  sample = $state.raw<File | null>(null);
  #answer = $state.raw<AnswerChoices>(OPEN);
  #fixed = $state.raw<Readonly<Record<string, string>>>({});
  readonly #job = new LatestJob();
  readonly #ports: PackingPorts;

  constructor(ports: PackingPorts) {
    this.#ports = ports;
  }

  get file(): File | null {
    return this.#file;
  }
  get model(): ForeignTold | null {
    return this.#model;
  }
  get rowsFile(): File | null {
    return this.#rowsFile;
  }
  get rows(): RowsTold | null {
    return this.#rows;
  }
  get places(): PlacesTold | null {
    return this.#places;
  }
  get target(): string | null {
    return this.#target;
  }
  /** In the order in which the model takes them, as somebody said. */
  get names(): readonly string[] | null {
    return this.#names;
  }
  /** What somebody said of its answers. */
  get answer(): AnswerChoices {
    return this.#answer;
  }
  /** What somebody wrote for inputs that are the same for all rows. */
  get fixed(): Readonly<Record<string, string>> {
    return this.#fixed;
  }
  /** What was made last. */
  get packed(): PackedTold | null {
    return this.#packed;
  }
  get busy(): Busy | null {
    return this.#busy;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Spaces that have a feature for every column that the model takes. */
  get fitting(): readonly TableSpace[] {
    const ids = this.#places?.fitting ?? [];
    return ids.flatMap((id) => this.#spaces.find((space) => space.id === id) ?? []);
  }

  async openModel(file: File): Promise<void> {
    this.clear();
    this.#file = file;
    await this.#work("model", async (call) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.#model = await this.#ports.packer.readModel(bytes, call);
    });
  }

  /** Rows that it learnt from. They stay in the tab. */
  async openRows(file: File): Promise<void> {
    this.#rowsFile = file;
    this.#rows = null;
    this.#places = null;
    this.#packed = null;
    this.title = file.name.replace(/\.[a-z0-9]+(\.gz)?$/i, "");
    const isRead = await this.#work("rows", async (call) => {
      this.#rows = await this.#ports.packer.readRows(file, call);
      const islands = await this.#ports.dock.islands().catch(() => []);
      const spaces = islands.map(({ space }) => space).filter(isOfTables);
      this.#spaces = spaces.filter((one, i) => spaces.findIndex(({ id }) => id === one.id) === i);
    });
    if (!isRead) return;
    const names = this.rows?.columns.map(({ name }) => name) ?? [];
    const kept = this.#target !== null && names.includes(this.#target) ? this.#target : null;
    await this.say(kept ?? names.at(-1) ?? null, null);
  }

  /**
   * Which column it predicts, and in which order it takes the others.
   *
   * @param names - Null: found by their names.
   */
  async say(target: string | null, names: readonly string[] | null): Promise<void> {
    this.#target = target;
    this.#names = names;
    this.#places = null;
    if (target === null) return;
    await this.#work("places", async (call) => {
      this.#places = await this.#ports.packer.places(
        { target, names, fixed: Object.entries(this.#fixed) },
        this.#spaces,
        call,
      );
    });
    this.join = this.fitting[0]?.id ?? null;
  }

  sayAnswer(answer: Partial<AnswerChoices>): void {
    this.#answer = { ...this.#answer, ...answer };
  }

  /** @param value - Numbers or texts with commas between; empty: rows tell it. */
  async fix(input: string, value: string): Promise<void> {
    const others = Object.entries(this.#fixed).filter(([name]) => name !== input);
    this.#fixed = Object.fromEntries(value === "" ? others : [...others, [input, value]]);
    await this.say(this.#target, this.#names);
  }

  async pack(about: { readonly name: string; readonly description: string }): Promise<void> {
    const [file, target] = [this.#file, this.#target];
    if (!file || target === null) return;
    const { title, isUnseen, test, sample, answer } = this;
    const fixed = Object.entries(this.#fixed);
    const space = this.fitting.find(({ id }) => id === this.join) ?? null;
    await this.#work("packing", async (call) => {
      const book = space?.book ? await this.#ports.dock.book(space.book, dimensionOf(space)) : null;
      const packed = await this.#ports.packer.pack(
        {
          ...{ target, names: this.#names, title, isUnseen, test, sample, about },
          ...{ answer, fixed },
          join: space && { space, book },
        },
        call,
      );
      this.#packed = packed;
      this.#ports.onPacked(packed, file.name.replace(/\.onnx$/i, ".zip"));
    });
  }

  cancel(): void {
    this.#job.cancel();
    this.#busy = null;
  }

  /** Put model and rows away. */
  clear(): void {
    if (this.#file) this.#ports.packer.release();
    this.cancel();
    this.#file = null;
    this.#model = null;
    this.#rowsFile = null;
    this.#rows = null;
    this.#places = null;
    this.#target = null;
    this.#names = null;
    this.#packed = null;
    this.#problem = null;
    this.join = null;
    this.isUnseen = false;
    this.test = null;
    this.sample = null;
    this.#answer = OPEN;
    this.#fixed = {};
  }

  /** @returns Whether it came to its end. */
  async #work(
    what: Busy["with"],
    job: (call: {
      readonly signal: AbortSignal;
      readonly onProgress: (progress: Progress) => void;
    }) => Promise<void>,
  ): Promise<boolean> {
    const signal = this.#job.start();
    const show = (progress: Progress | null) => {
      if (this.#job.isCurrent(signal)) this.#busy = { with: what, progress };
    };
    this.#problem = null;
    show(null);
    try {
      await job({ signal, onProgress: show });
      return this.#job.isCurrent(signal);
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#problem = problemOf(error);
      return false;
    } finally {
      if (this.#job.isCurrent(signal)) this.#busy = null;
    }
  }
}
