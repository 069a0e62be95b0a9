import type { LearnwareCard } from "../../../../contracts/http/dock-api";
import type { Finding } from "../../../../workflows/find/find";
import type { Offer } from "../../../../workflows/find/offers";
import type { Dock } from "../../../clients";
import { problemOf } from "../../../problem";
import type { FindStep } from "../find/find.svelte";
import type { MappingStep } from "../match/mapping.svelte";
import { isNoLink, type Link, noLink } from "./link";

/** Why what a link leads to cannot be had: not there any more, made for other columns, or not among what was compared. */
export type Unmet = "gone" | "unlike" | "uncompared";

/** What a link asks for, and whether the table can have it. */
export class Linked {
  #link = $state.raw(noLink);
  #card = $state.raw<LearnwareCard | null>(null);
  #isGone = $state(false);
  /** Whether it was opened since the table was last worked on, which then counts less. */
  #isNew = false;
  /** The table that it was taken up for. */
  #file: File | null = null;
  readonly #dock: Pick<Dock, "learnware">;
  readonly #mapping: MappingStep;
  readonly #find: FindStep;

  constructor(dock: Pick<Dock, "learnware">, mapping: MappingStep, find: FindStep) {
    this.#dock = dock;
    this.#mapping = mapping;
    this.#find = find;
  }

  /** Name of the model; null if none is asked for, or it cannot be had. */
  get modelName(): string | null {
    return this.unmet === null ? (this.#card?.name ?? null) : null;
  }

  readonly unmet = $derived.by((): Unmet | null => {
    if (this.#isGone) return "gone";
    const { state, chosen } = this.#mapping;
    const islandId = this.#islandId;
    if (islandId === null || state.kind !== "ready") return null;
    const led = state.ranked.find(({ island }) => island.id === islandId);
    if (!led) return "gone";
    if (led !== chosen) return led.match.fits || led.match.isRelated ? null : "unlike";
    const found = this.#find.state.kind === "found" ? this.#find.state.finding : null;
    return this.#link.learnwareId !== null && found && !this.offerIn(found) ? "uncompared" : null;
  });

  ask(link: Link, isNew: boolean): void {
    this.#link = link;
    this.#isNew = isNew && !isNoLink(link);
    this.#card = null;
    this.#isGone = false;
    this.#file = null;
  }

  /** The asked model among what was found; null if it is not, or none is asked for. */
  offerIn(finding: Finding | null): Offer | null {
    const { learnwareId } = this.#link;
    const isIt = ({ kind, members }: Offer) =>
      kind === "single" && members[0]?.card.id === learnwareId;
    return finding?.offers.find(isIt) ?? null;
  }

  /** Whether it is to be taken up for a table; true once for each, since the user may then choose otherwise. */
  leads(file: File, isKnown = false): boolean {
    if (isNoLink(this.#link) || this.#file === file) return false;
    this.#file = file;
    const leads = this.#isNew || !isKnown;
    this.#isNew = false;
    return leads;
  }

  /** Where it leads. */
  async goal(): Promise<Pick<Link, "islandId" | "columns">> {
    const link = this.#link;
    const { learnwareId } = link;
    if (learnwareId !== null && this.#card === null) {
      try {
        const card = await this.#dock.learnware(learnwareId);
        if (this.#link === link) this.#card = card;
      } catch (error) {
        // Not reached: then the table says where it belongs.
        if (this.#link === link) this.#isGone = problemOf(error)?.code === "not_found";
      }
    }
    return { islandId: this.#islandId, columns: this.#link.columns };
  }

  get #islandId(): string | null {
    return this.#link.islandId ?? this.#card?.islandId ?? null;
  }
}
