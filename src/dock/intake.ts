import type { IslandSummary, LearnwareCard } from "../contracts/dock-api";
import { AppError } from "../contracts/outcome";
import { coarseCount } from "../contracts/wire-rkme";
import { encodedWidth } from "../engine/island/island";
import type { Manifest, SemanticSpecification } from "../engine/learnware/manifest";
import { type InspectedModel, inspectOnnx } from "../engine/learnware/onnx-inspect";
import { openLearnware } from "../engine/learnware/package";
import { decodeStat } from "../engine/spec/codec";
import type { Rkme, RkmeExtras } from "../engine/spec/rkme";
import { describeFor } from "./described";
import type { BlobInfo, BlobStore } from "./store/blob-store";
import type { LearnwareStore, Origin } from "./store/learnware-store";

/** The most points that the wire format takes. */
const maxPoints = 2000;

/** The only way a learnware gets into the dock. */
export class Intake {
  readonly #store: LearnwareStore;
  readonly #blobs: BlobStore;
  readonly #onChange: (islandId: string) => void;

  /** @param onChange - Told which island's learnwares changed. */
  constructor(store: LearnwareStore, blobs: BlobStore, onChange: (islandId: string) => void) {
    this.#store = store;
    this.#blobs = blobs;
    this.#onChange = onChange;
  }

  /**
   * Check a learnware's zip and keep it, in place of the learnware of the same id if there is one.
   *
   * @throws EngineError `bad_package`, `bad_specification`, `bad_model`, `unsupported_operator` and
   *   others of the package's reader.
   * @throws AppError `bad_input` if it does not fit the island it names.
   */
  async take(id: string, zip: Uint8Array, origin: Origin): Promise<LearnwareCard> {
    const { manifest, semantic, stat, model } = await openLearnware(zip);
    checkGraph(manifest, inspectOnnx(model));
    const { rkme, extras } = decodeStat(stat);
    const island = await this.#store.findIsland(manifest.island.id);
    if (!island) throw new AppError("bad_input", "the learnware names an island that is not here");
    if (!extras) throw new AppError("bad_input", "the specification does not name its island");
    checkBelongs(island, manifest, rkme, extras);

    const blob = await this.#blobs.put(zip);
    const rowCount = coarseCount(rkme.rowCount);
    const card = toCard(id, manifest, semantic, blob, rowCount);
    const described = describeFor(island, { ...rkme, rowCount }, extras.radiusSquared);
    const replaced = await this.#store.find(id);
    await this.#store.put({ card, islandVersion: island.version, described, origin });
    this.#onChange(island.id);
    if (replaced && replaced.islandId !== island.id) this.#onChange(replaced.islandId);
    return card;
  }

  /** Take a learnware out of the dock. Its zip stays for as long as clients may ask for it by hash. */
  async remove(card: LearnwareCard): Promise<void> {
    await this.#store.remove(card.id);
    this.#onChange(card.islandId);
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

function checkBelongs(
  island: IslandSummary,
  manifest: Manifest,
  { points, gamma }: Rkme,
  extras: RkmeExtras,
): void {
  if (extras.island !== island.id) {
    throw new AppError("bad_input", "manifest and specification name different islands");
  }
  for (const version of [manifest.island.version, extras.islandVersion]) {
    if (version !== island.version) {
      throw new AppError(
        "bad_input",
        `the learnware is for version ${version} of its island, which is at ${island.version}`,
      );
    }
  }
  const known = new Set(island.features.map(({ name }) => name));
  const unknown = manifest.model.features.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new AppError("bad_input", `the island has no feature ${JSON.stringify(unknown)}`);
  }
  if (points.rows > maxPoints) {
    throw new AppError("bad_input", `a specification may have ${maxPoints} points at most`);
  }
  const width = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
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
  { name, model, island, metrics, source }: Manifest,
  semantic: SemanticSpecification,
  { sha256, sizeBytes }: BlobInfo,
  rowCount: number,
): LearnwareCard {
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
