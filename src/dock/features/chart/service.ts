import { AppError } from "../../../contracts/outcome";
import type { LearnwareReader, StoredChart } from "../../storage/learnware-store";

/** The chart as it was drawn last; it may lag behind the learnwares until it is drawn again. */
export class ChartService {
  readonly #store: Pick<LearnwareReader, "chart" | "chartTag">;
  #held: StoredChart | null = null;

  constructor(store: Pick<LearnwareReader, "chart" | "chartTag">) {
    this.#store = store;
  }

  /** @throws AppError `not_found` until it is drawn for the first time. */
  async read(): Promise<StoredChart> {
    const tag = await this.#store.chartTag();
    if (tag === null || this.#held?.tag !== tag) this.#held = await this.#store.chart();
    if (!this.#held) throw new AppError("not_found", "the chart is not drawn yet");
    return this.#held;
  }
}
