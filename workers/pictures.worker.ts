/** @file Holds pictures as a table of their names. Needs no network: the page hands over what it takes. */

import "../src/contracts/no-eval";

import { AppError } from "../src/contracts/outcome";
import { type EmbedderFiles, ORT_WASM } from "../src/contracts/workers/embedded";
import type { PicturesApi, Thumbnail } from "../src/contracts/workers/pictures-api";
import { LOOK } from "../src/engine/kinds/image/look";
import type { Raster } from "../src/engine/kinds/image/pixels/raster";
import { bookName, IMAGE_BASES, IMAGE_SPACES } from "../src/engine/kinds/image/spaces";
import { sortedPaths } from "../src/engine/kinds/image/write/sorted-paths";
import { isOfTables } from "../src/engine/kinds/space";
import { pickRows } from "../src/engine/ground/matrix";
import { decodeBook } from "../src/engine/specification/files/book-file";
import { bestFirst } from "../src/engine/kinds/table/match/best-first";
import { wholeColumn } from "../src/engine/kinds/table/match/whole-column";
import { type OpenEmbedder, openLook } from "../src/runtime/embedders/look-embedder";
import { browserDecoder } from "../src/runtime/pictures/browser-decoder";
import { labelled, openPictures, type OpenPictures } from "../src/runtime/pictures/open-pictures";
import { PlacedPictures } from "../src/runtime/pictures/placed-pictures";
import { sortedZip } from "../src/runtime/pictures/sorted-zip";
import { drive } from "../src/runtime/threads/drive";
import { serve, stopIfAborted } from "../src/runtime/threads/serve";
import { heldTable, replaceTable, tableApi } from "./serve-table";

/** The column with the pictures themselves. */
const FILE = 0;
/** What pictures score in a space that they lie among the points of, and in another. */
const NEAREST_SCORE = 0.5;
const OTHER_SCORE = 0.4;

/** What the page handed over; it stays for other pictures. */
let files: EmbedderFiles | null = null;
let look: Promise<OpenEmbedder<Raster>> | null = null;
/** By the rasters, which other columns do not change. */
const placed = new WeakMap<readonly Raster[], PlacedPictures>();

serve<PicturesApi>({
  ...tableApi(
    {
      open: (_, __, ___, file) => openPictures(file, browserDecoder),
      // eslint-disable-next-line require-yield -- The page asks the worker for other formats.
      async *write() {
        throw new AppError("internal", "this worker writes delimited text alone");
      },
      async *place(_, { name, kind, basis }, column, given) {
        if (kind !== "image" || column !== FILE) {
          throw new AppError("unsupported_kind", `"${name}" is not of pictures`, { form: kind });
        }
        const pictures = await placedHere(given);
        const data = yield* pictures.place(basis, filesHere(given));
        const described = data.known.reduce((sum, one) => sum + one, 0);
        return { data, told: { rows: data.known.length, described, language: null } };
      },
      async *rank(_, islands, given) {
        const spaces = islands.flatMap((space) => {
          return isOfTables(space) || space.kind !== "image" ? [] : [space];
        });
        if (spaces.length === 0) return [];
        const near = yield* (await placedHere(given)).nearness(filesHere(given));
        const nearest = Math.max(...spaces.map(({ basis }) => near.get(basis) ?? 0));
        return spaces
          .map((space) => {
            const isNearest = near.get(space.basis) === nearest;
            return wholeColumn(space, FILE, {
              ...{ score: isNearest ? NEAREST_SCORE : OTHER_SCORE, fits: near.has(space.basis) },
              reason: "whole",
            });
          })
          .sort(bestFirst);
      },
    },
    {
      async looked(job) {
        const { rasters } = heldPictures();
        const vectors = await drive((await placedHere(null)).look(), job);
        stopIfAborted(job.signal);
        const side = rasters.reduce((most, raster) => Math.max(most, raster.side), 0);
        return { vectors, side };
      },

      async pinned(rows, job) {
        const pictures = await placedHere(null);
        const given = filesHere(null);
        const near = await drive(pictures.nearness(given), job);
        const nearest = Math.max(...near.values());
        const basis = IMAGE_BASES.find((name) => near.get(name) === nearest) ?? "photos";
        const space = IMAGE_SPACES[basis];
        const { points, known } = await drive(pictures.place(basis, given), job);
        stopIfAborted(job.signal);
        const described = rows.filter((row) => known[row] === 1);
        const book = decodeBook(given.get(bookName(space))!, space.dimension);
        return { space, book, points: job.give(pickRows(points.get(basis)!, described)) };
      },
    },
  ),

  async takeEmbedder(given) {
    await lookHere(given);
  },

  thumbnails(rows, job) {
    const { rasters } = heldPictures();
    return job.give(Array.from(rows, (row) => thumbnailOf(rasters[row])));
  },

  async sorted(labels, job) {
    const { files: originals } = heldPictures();
    const names = originals.map(({ name }) => name);
    const zip = await drive(sortedZip(originals, sortedPaths(names, labels)), job);
    stopIfAborted(job.signal);
    return zip;
  },

  async label(column, base, labels, job) {
    const open = heldPictures();
    const all = open.cells.map((cells, row) =>
      String(labels.get(row) ?? cells[base ?? cells.length] ?? ""),
    );
    const changed = await drive(labelled(open, column, all), job);
    stopIfAborted(job.signal);
    return replaceTable(changed);
  },
});

/** @throws AppError `not_prepared` if nobody handed over what it takes. */
async function placedHere(given: EmbedderFiles | null): Promise<PlacedPictures> {
  const { rasters } = heldPictures();
  let here = placed.get(rasters);
  if (!here) placed.set(rasters, (here = new PlacedPictures(rasters, await lookHere(given))));
  return here;
}

async function lookHere(given: EmbedderFiles | null): Promise<OpenEmbedder<Raster>> {
  const handed = filesHere(given);
  if (look) return look;
  const [model, wasm] = [LOOK.file.name, ORT_WASM].map((name) => handed.get(name));
  if (!model || !wasm) throw new AppError("not_prepared", "the embedder was not handed over");
  look = openLook(model, wasm.slice().buffer);
  look.catch(() => (look = null));
  await look;
  files = new Map([...handed].filter(([, bytes]) => bytes !== model && bytes !== wasm));
  return look;
}

function filesHere(given: EmbedderFiles | null): EmbedderFiles {
  files = given ?? files;
  if (!files) throw new AppError("not_prepared", "the embedder was not handed over");
  return files;
}

function heldPictures(): OpenPictures {
  const table = heldTable();
  if (!isOfPictures(table)) throw new AppError("not_found", "no pictures are open");
  return table;
}

function isOfPictures(table: object): table is OpenPictures {
  return "rasters" in table && "cells" in table;
}

/** @throws AppError `not_found` if there is no such row. */
function thumbnailOf(raster: Raster | undefined): Thumbnail {
  if (!raster) throw new AppError("not_found", "there is no such picture");
  const { side, rgb } = raster;
  const rgba = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba.set(rgb.subarray(from, from + 3), to);
  }
  return { side, rgba };
}
