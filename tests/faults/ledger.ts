import type { LearnwareStore } from "../../src/dock/storage/learnware-store";

/** What a process under test says of its work, each step of a lane after the one before. */
export type Said =
  /** It is about to make these learnwares this package, or with null to remove them: all or none. */
  | {
      readonly said: "begin";
      readonly lane: number;
      readonly what: string;
      readonly ids: readonly string[];
      readonly sha256: string | null;
    }
  /** What it had begun was acknowledged; islands have come so far at least. */
  | { readonly said: "done"; readonly lane: number; readonly islands?: Record<string, number> }
  /** The database was away: it may have happened or not. */
  | { readonly said: "doubt"; readonly lane: number }
  | { readonly said: "broken"; readonly problem: string };

type Begun = Extract<Said, { said: "begin" }>;

/** What must be found after a crash, and what may be: kept outside of the process that dies. */
export class Ledger {
  /** The packages that each learnware may have now; null stands for none. */
  readonly #possible = new Map<string, Set<string | null>>();
  readonly #islands = new Map<string, number>();
  readonly #open = new Map<number, Begun>();
  #doubtful: Begun[] = [];
  readonly #problems: string[] = [];
  begun = 0;
  acknowledged = 0;
  /** Kills that came while something was under way, by what it was. */
  readonly cut: Record<string, number> = {};

  hear(said: Said): void {
    if (said.said === "begin") this.#begin(said);
    else if (said.said === "done") this.#finish(said.lane, said.islands ?? {});
    else if (said.said === "doubt") this.#doubt(said.lane);
    else this.#problems.push(`refused: ${said.problem}`);
  }

  /** The process is dead: what it had begun is in doubt. */
  close(): void {
    for (const [lane, { what }] of this.#open) {
      this.cut[what] = (this.cut[what] ?? 0) + 1;
      this.#doubt(lane);
    }
  }

  /** Compares a store that was opened again with what it must have, and takes note of what it has. */
  async lossesIn(store: LearnwareStore): Promise<string[]> {
    const losses = this.#problems.splice(0);
    const found = await this.#packagesIn(store);
    for (const [id, possible] of this.#possible) {
      const sha256 = found.get(id) ?? null;
      if (!possible.has(sha256)) {
        losses.push(`${id} is ${sha256} and not ${[...possible].join(" or ")}`);
      }
      this.#possible.set(id, new Set([sha256]));
    }
    for (const { what, ids, sha256 } of this.#doubtful) {
      const there = ids.filter((id) => found.get(id) === sha256);
      const isWhole = there.length === 0 || there.length === ids.length;
      if (!isWhole) losses.push(`${what} left ${there.length} of ${ids.length}`);
    }
    this.#doubtful = [];
    for (const [id, version] of this.#islands) {
      const island = await store.findIsland(id);
      if (!island || island.space.version < version)
        losses.push(`island ${id} is not at ${version}`);
    }
    return losses;
  }

  async #packagesIn(store: LearnwareStore): Promise<Map<string, string>> {
    const cards = await store.findAll([...this.#possible.keys()]);
    return new Map(cards.map(({ id, sha256 }) => [id, sha256]));
  }

  #begin(begun: Begun): void {
    this.begun++;
    this.#open.set(begun.lane, begun);
    for (const id of begun.ids) {
      const possible = this.#possible.get(id) ?? new Set([null]);
      this.#possible.set(id, possible.add(begun.sha256));
    }
  }

  #finish(lane: number, islands: Record<string, number>): void {
    const { ids, sha256 } = this.#open.get(lane)!;
    this.#open.delete(lane);
    for (const id of ids) this.#possible.set(id, new Set([sha256]));
    for (const [id, version] of Object.entries(islands)) this.#islands.set(id, version);
    this.acknowledged += Math.max(1, ids.length);
  }

  #doubt(lane: number): void {
    this.#doubtful.push(this.#open.get(lane)!);
    this.#open.delete(lane);
  }
}
