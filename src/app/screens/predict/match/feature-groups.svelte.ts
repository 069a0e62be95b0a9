import { SvelteMap } from "svelte/reactivity";

import { type FeatureEntry, featureEntries } from "./feature-entries";
import type { RankedIsland } from "./hand-choices";

/** The features of an island in two groups: those worth a look, and those found beyond doubt. */
export class FeatureGroups {
  readonly #chosen: () => RankedIsland;
  /** Whether a feature changed by hand was worth a look: it stays where the user changed it. */
  readonly #pinned = new SvelteMap<string, boolean>();

  constructor(chosen: () => RankedIsland) {
    this.#chosen = chosen;
  }

  readonly #entries = $derived.by(() => featureEntries(this.#chosen()));
  readonly unsettled = $derived.by(() => this.#entries.filter((entry) => this.#needsALook(entry)));
  readonly settled = $derived.by(() => this.#entries.filter((entry) => !this.#needsALook(entry)));

  /** Keep a feature in its group, although the user is about to change it. */
  pin(feature: string): void {
    const entry = this.#entries.find((other) => other.feature.name === feature);
    if (entry) this.#pinned.set(feature, this.#needsALook(entry));
  }

  #needsALook({ feature, detail }: FeatureEntry): boolean {
    const pinned = this.#pinned.get(feature.name);
    if (pinned !== undefined) return pinned;
    return detail.implausible || !["same_name", "alias"].includes(detail.reason);
  }
}
