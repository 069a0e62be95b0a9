import type { LearnwareCard } from "../contracts/dock-api";
import { AppError } from "../contracts/outcome";
import { coarseCount } from "../contracts/wire-rkme";
import type { Island } from "../engine/island/island";
import { rescale } from "../engine/island/rescale";
import { foundFrom, renameFeatures, sameFeatureSpace } from "../engine/island/same-space";
import type { Manifest, SemanticSpecification } from "../engine/learnware/manifest";
import { type InspectedModel, inspectOnnx } from "../engine/learnware/onnx-inspect";
import { openLearnware } from "../engine/learnware/package";
import { decodeStat } from "../engine/spec/codec";
import type { Rkme } from "../engine/spec/rkme";
import { type Describer, widthOf } from "./describer";
import type { BlobInfo, BlobStore } from "./store/blob-store";
import type { Entry, LearnwareStore, Origin } from "./store/learnware-store";

/** The most points that the wire format takes. */
const maxPoints = 2000;

/** Times that a learnware is described anew because its island moved on meanwhile. */
const MOST_ATTEMPTS = 3;

export interface IntakeParts {
  readonly store: LearnwareStore;
  readonly blobs: BlobStore;
  readonly describer: Describer;
  /** Told which island's learnwares changed. */
  readonly onChange: (islandId: string) => Promise<void>;
}

/** A learnware that passed every check, described on the version of the island that it was made for. */
interface Checked {
  readonly manifest: Manifest;
  readonly semantic: SemanticSpecification;
  readonly rkme: Rkme;
  readonly radiusSquared: number;
  /** The island as the learnware has it, under the dock's names of features. */
  readonly island: Island;
}

/** The only way a learnware gets into the dock. */
export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Check a learnware's zip and keep it, as the next version of the learnware of the same id if there
   * is one. It joins the island it names or, if it carries its own, the one of the same features; if
   * there is none, it founds it. Its specification is moved to the island's current scale.
   *
   * @throws EngineError `bad_package`, `bad_specification`, `bad_model`, `unsupported_operator` and
   *   others of the package's reader.
   * @throws AppError `bad_input` if it does not fit the island it names.
   */
  async take(id: string, zip: Uint8Array, origin: Origin): Promise<LearnwareCard> {
    const { store, blobs, onChange } = this.#parts;
    const checked = await this.#check(zip);
    const blob = await blobs.put(zip);
    const rowCount = coarseCount(checked.rkme.rowCount);
    const card = toCard(id, checked, blob, rowCount);
    const replaced = await store.find(id);
    for (let attempt = 1; ; attempt++) {
      try {
        await store.put(await this.#entry(checked, card, origin));
        break;
      } catch (error) {
        const isStale = error instanceof AppError && error.code === "stale_island";
        if (!isStale || attempt === MOST_ATTEMPTS) throw error;
      }
    }
    if (!(await blobs.has(blob.sha256))) await blobs.put(zip); // Taken for an orphan meanwhile.
    await onChange(card.islandId);
    if (replaced && replaced.islandId !== card.islandId) await onChange(replaced.islandId);
    return card;
  }

  /** Take a learnware out of the dock. Its zip stays for as long as it can be brought back. */
  async remove(card: LearnwareCard): Promise<void> {
    await this.#parts.store.remove(card.id);
    await this.#parts.onChange(card.islandId);
  }

  async #check(zip: Uint8Array): Promise<Checked> {
    const { manifest, semantic, stat, model, island: carried } = await openLearnware(zip);
    checkGraph(manifest, inspectOnnx(model));
    const { rkme, extras } = decodeStat(stat);
    if (!extras) throw new AppError("bad_input", "the specification does not name its island");
    const named = manifest.island;
    if (extras.island !== named.id || extras.islandVersion !== named.version) {
      throw new AppError("bad_input", "manifest and specification name different islands");
    }
    const { radiusSquared } = extras;
    if (carried) {
      checkBelongs(carried, manifest, rkme);
      const { names, island } = await this.#findOrFound(carried);
      return { manifest: renamed(manifest, names), semantic, rkme, radiusSquared, island };
    }
    const versions = await this.#parts.store.islandVersions(named.id);
    const island = versions.find(({ version }) => version === named.version);
    if (!island) throw new AppError("bad_input", whyUnknown(named, versions));
    checkBelongs(island, manifest, rkme);
    return { manifest, semantic, rkme, radiusSquared, island };
  }

  /** The dock's island of these features and what it calls them, on the scale that is carried. */
  async #findOrFound(
    carried: Island,
  ): Promise<{ names: ReadonlyMap<string, string>; island: Island }> {
    const { store } = this.#parts;
    const islands = await store.islands();
    const byName = ({ id }: Island) => (id === carried.id ? 0 : 1); // Of several, the one it names.
    for (const island of islands.toSorted((a, b) => byName(a) - byName(b))) {
      const names = sameFeatureSpace(island, carried);
      if (!names) continue;
      const translated = renameFeatures(carried, names);
      checkCategories(island, translated);
      return { names, island: { ...translated, id: island.id } };
    }
    const founded = foundFrom(carried);
    if (await store.findIsland(founded.id)) {
      throw new AppError("bad_input", "another island has the id that this one would get");
    }
    await store.putIsland(founded);
    return { names: new Map(carried.features.map(({ name }) => [name, name])), island: founded };
  }

  async #entry(checked: Checked, card: LearnwareCard, origin: Origin): Promise<Entry> {
    const { store, describer } = this.#parts;
    const space = await store.findSpace(checked.island.id);
    if (!space) throw new AppError("bad_input", "the learnware names an island that is not here");
    const { rkme, radiusSquared } = rescale(
      { ...checked.rkme, rowCount: card.rowCount },
      checked.radiusSquared,
      checked.island,
      space.island,
    );
    const described = await describer.describe(space.island, rkme, radiusSquared);
    return { card, islandVersion: space.island.version, described, origin };
  }
}

function whyUnknown({ version }: Manifest["island"], [current]: readonly Island[]): string {
  if (!current) return "the learnware names an island that is not here";
  return `the learnware is for version ${version} of its island, which is at ${current.version}`;
}

function renamed(manifest: Manifest, names: ReadonlyMap<string, string>): Manifest {
  const features = manifest.model.features.map((name) => names.get(name) ?? name);
  return { ...manifest, model: { ...manifest.model, features } };
}

/** A model takes one input for each category value, in the island's order. */
function checkCategories(island: Island, proposed: Island): void {
  for (const feature of proposed.features) {
    const existing = island.features.find(({ name }) => name === feature.name);
    if (existing?.categories.join("\n") !== feature.categories.join("\n")) {
      throw new AppError(
        "bad_input",
        `the island lists other values of ${JSON.stringify(feature.name)}; train on its list`,
      );
    }
  }
}

function checkGraph({ model }: Manifest, { inputs, outputs }: InspectedModel): void {
  if (inputs.length !== 1 || inputs[0]?.name !== model.input) {
    throw new AppError("bad_input", "the model must take the one input that its manifest names");
  }
  if (!outputs.some(({ name }) => name === model.output)) {
    throw new AppError("bad_input", "the model must give the output that its manifest names");
  }
}

function checkBelongs(island: Island, manifest: Manifest, { points, gamma }: Rkme): void {
  const known = new Set(island.features.map(({ name }) => name));
  const unknown = manifest.model.features.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new AppError("bad_input", `the island has no feature ${JSON.stringify(unknown)}`);
  }
  if (points.rows > maxPoints) {
    throw new AppError("bad_input", `a specification may have ${maxPoints} points at most`);
  }
  const width = widthOf(island);
  if (points.cols !== width) {
    throw new AppError(
      "bad_input",
      `the specification has ${points.cols} columns, the island ${width}`,
    );
  }
  if (Math.abs(gamma - island.gamma) > 1e-9 * island.gamma) {
    throw new AppError("bad_input", `gamma must be the island's ${island.gamma}, got ${gamma}`);
  }
}

function toCard(
  id: string,
  { manifest, semantic, island }: Checked,
  { sha256, sizeBytes }: BlobInfo,
  rowCount: number,
): LearnwareCard {
  const { name, model, metrics, source } = manifest;
  return {
    id,
    name,
    description: semantic.Description.Values,
    islandId: island.id,
    task: model.task,
    target: model.target,
    ...(model.unit === undefined ? {} : { unit: model.unit }),
    labels: model.labels,
    features: model.features,
    metrics,
    licence: semantic.License.Values.join(", "),
    source,
    semantic,
    sha256,
    sizeBytes,
    rowCount: Math.max(1, rowCount),
  };
}
