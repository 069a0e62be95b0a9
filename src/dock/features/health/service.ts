import type { z } from "zod";

import type { Health } from "../../../contracts/http/dock-api";
import type { LearnwareReader } from "../../storage/learnware-store";

/** Says whether the dock and its store answer. */
export class HealthService {
  readonly #store: Pick<LearnwareReader, "islands">;

  constructor(store: Pick<LearnwareReader, "islands">) {
    this.#store = store;
  }

  async check(): Promise<z.infer<typeof Health>> {
    const { length } = await this.#store.islands();
    return { status: "ok", islands: length };
  }
}
