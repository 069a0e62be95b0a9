/** @file What the page may ask of the worker that looks at learnwares before they are shared. It sees zips, never the network. */

import type { Space } from "../../engine/kinds/space";
import type { Manifest, SemanticSpecification } from "../../engine/learnware/manifest";
import type { Question } from "../../engine/learnware/question";
import type { Check } from "../../engine/verify/check";
import type { PackageEdit } from "../../engine/verify/edit-package";

/** An island of the dock that is asked to take it. */
export interface KnownIsland {
  readonly id: string;
  readonly name: string;
  readonly question: Question | null;
  readonly space: Space;
}

/** One file of a zip: what would be published, to the byte. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: number;
  /** Null of what is no text, or is very long. */
  readonly text: string | null;
}

/** Where it would go: an island that is there, one that it founds, or nowhere, since nobody here knows its space. */
export type Landing =
  | { readonly kind: "joins"; readonly id: string; readonly name: string }
  | { readonly kind: "founds"; readonly name: string }
  | { readonly kind: "unknown"; readonly space: string };

/** What a learnware says of itself. */
export interface LearnwareFacts {
  readonly manifest: Manifest;
  readonly semantic: SemanticSpecification;
  /** None but of tables. */
  readonly features: readonly string[];
  readonly points: number;
  /** Numbers of each point. */
  readonly dimension: number;
  /** Rows that it stands for, rounded. */
  readonly rowCount: number;
  readonly landing: Landing;
}

export interface LookedZip {
  /** The learnware's own zip, which may have come within that of a model that was downloaded here. */
  readonly zip: Uint8Array<ArrayBuffer>;
  /** In the order of the zip; none if it cannot be unpacked. */
  readonly files: readonly ZipFile[];
  /** Null if it cannot be understood: the checks say why. */
  readonly facts: LearnwareFacts | null;
}

export interface ShareApi {
  look(zip: Uint8Array<ArrayBuffer>, islands: readonly KnownIsland[]): LookedZip;
  /** The same learnware with other words. */
  edit(zip: Uint8Array<ArrayBuffer>, edit: PackageEdit): Uint8Array<ArrayBuffer>;
  /**
   * Every check that a dock makes, one after the other until one refuses.
   *
   * @param ortWasm - onnxruntime's WASM file.
   */
  check(
    zip: Uint8Array<ArrayBuffer>,
    islands: readonly KnownIsland[],
    ortWasm: Blob,
  ): readonly Check[];
}
