import type {
  KnownIsland,
  Landing,
  LearnwareFacts,
  LookedZip,
  ZipFile,
} from "../../src/contracts/workers/share-api";
import { AppError } from "../../src/contracts/outcome";
import { EngineError } from "../../src/engine/ground/errors";
import { type LearnwarePackage, openLearnware } from "../../src/engine/learnware/package";
import { questionOf } from "../../src/engine/learnware/question";
import { unzip } from "../../src/engine/learnware/zip/unzip";
import { islandAnswering, sameSpaceAmong } from "../../src/engine/verify/island-of";
import { readParts } from "../../src/engine/verify/read-package";

/** What a model that was downloaded in the page has its learnware as. */
const WITHIN = "learnware.zip";
const TEXTS = /\.(?:ya?ml|json|md|txt|py|csv|html?)$/i;
/** More is not looked through by anybody, and takes the page long to lay out. */
const MOST_TEXT = 1_000_000;

/** A zip as it would be published. What is wrong with it is for the checks to say. */
export async function lookIntoZip(
  given: Uint8Array<ArrayBuffer>,
  islands: readonly KnownIsland[],
): Promise<LookedZip> {
  const outer = await unzip(given).catch(nothingIfRefused);
  const inner = outer?.get(WITHIN);
  if (!inner || outer?.has("learnware.yaml")) {
    return { zip: given, files: filesOf(outer), facts: await factsOf(given, islands) };
  }
  const files = filesOf(await unzip(inner).catch(nothingIfRefused));
  return { zip: inner, files, facts: await factsOf(inner, islands) };
}

function filesOf(files: ReadonlyMap<string, Uint8Array> | null): ZipFile[] {
  return [...(files ?? [])].map(([name, content]) => {
    const isShown = TEXTS.test(name) && content.length <= MOST_TEXT;
    const text = isShown ? new TextDecoder().decode(content) : null;
    return { name, bytes: content.length, text };
  });
}

async function factsOf(
  zip: Uint8Array,
  islands: readonly KnownIsland[],
): Promise<LearnwareFacts | null> {
  try {
    const opened = await openLearnware(zip);
    const { manifest, semantic, model, rkme } = readParts(opened);
    const { rows: points, cols: dimension } = rkme.points;
    return {
      ...{ manifest, semantic, points, dimension },
      features: model.features,
      rowCount: rkme.rowCount,
      landing: landingOf(opened, questionOf(model), islands),
    };
  } catch (error) {
    return nothingIfRefused(error);
  }
}

function landingOf(
  { manifest, space: carried }: LearnwarePackage,
  question: ReturnType<typeof questionOf>,
  islands: readonly KnownIsland[],
): Landing {
  const spaces = [...new Map(islands.map(({ space }) => [space.id, space])).values()];
  const space = carried
    ? (sameSpaceAmong(spaces, carried)?.space ?? null)
    : (spaces.find(({ id }) => id === manifest.space.id) ?? null);
  if (!space) {
    return carried
      ? { kind: "founds", name: carried.name }
      : { kind: "unknown", space: manifest.space.id };
  }
  const there = islands.filter((island) => island.space.id === space.id);
  const joined = islandAnswering(there, question);
  if (joined) return { kind: "joins", id: joined.id, name: joined.name };
  return { kind: "founds", name: there[0]?.name ?? space.name };
}

function nothingIfRefused(error: unknown): null {
  if (error instanceof EngineError || error instanceof AppError) return null;
  throw error;
}
