import type { z } from "zod";

import type { KindName } from "../ground/kind-name";
import type { Matrix } from "../ground/matrix";
import type { InputForm } from "../learnware/model-forms";
import type { ModelInput } from "../learnware/model-input";
import type { BookMark } from "../specification/book/book-mark";
import type { Kernel } from "../specification/kernel/kernel";
import type { Specification } from "../specification/specification";

/** Which rows: those from the first to the one before `to`, or those listed, in that order. */
export type RowChoice = Int32Array | { readonly from: number; readonly to: number };

/** What everything that is free of kinds knows of a space: what makes specifications comparable. */
export interface AnySpace {
  readonly id: string;
  readonly version: number;
  readonly kernel: Kernel;
  readonly book?: BookMark | undefined;
}

/** What a model takes, as far as it decides what it is fed. */
export interface ModelAbout {
  /** Name of its input in the graph. */
  readonly input: string;
  /** None where it takes no features. */
  readonly features: readonly string[];
  /** What its manifest says of an input that is none of features. */
  readonly form?: Exclude<InputForm, { type: "features" }> | undefined;
}

/** How much of a space a user's data have. */
interface Placement<Placed> {
  readonly placed: Placed;
  readonly found: number;
  readonly total: number;
  /** Names of what was not found. */
  readonly missing: readonly string[];
  /** What was not found because the part of the data that is called so, by its place there, has other values. */
  readonly leftOut: readonly { readonly feature: string; readonly column: number }[];
}

/** A user's data as they lie in a space. */
interface Plan<Space extends AnySpace, Placed> {
  readonly space: Space;
  readonly placed: Placed;
}

/** Some rows in three forms, n of them; they can be handed from one thread to another. */
export interface KindRows<Fed> {
  readonly count: number;
  /** What inputs of models are made from. */
  readonly fed: Fed;
  /** Shape [n, d]: as specifications of the space have them, finite. */
  readonly scaled: Matrix<Float32Array<ArrayBuffer>>;
  /** Shape [n, k]: what a learner takes of the user's own data, NaN where missing; null if not asked for or without any. */
  readonly own: Matrix<Float32Array<ArrayBuffer>> | null;
  /**
   * Shape [n]: when each row is from, in any unit, NaN where not known. Null if nothing tells, or nothing is to be learned:
   * it says which rows are neighbours in time when ways are judged, and is no input of a learner.
   */
  readonly time: Float64Array<ArrayBuffer> | null;
}

/** Rows to compare two models on. */
export interface Probes {
  /** Shape [n]: each learnware's weights, summing to ½. */
  readonly weights: Float64Array;
  readonly inputs: (about: ModelAbout) => readonly ModelInput[];
}

/** A space that is proposed, under the names of one that exists. */
interface SameSpace<Space> {
  readonly space: Space;
  /** What the existing one calls a name of the proposed one. */
  readonly names: ReadonlyMap<string, string>;
  /** Why no model of the proposed one can run in the existing one after all; null if it can. */
  readonly problem: string | null;
}

/** What becomes of a space. */
interface SpaceLife<Space> {
  /** The space that the first learnware founds: the one it brings, under an id that follows from what it is alone. */
  found(proposed: Space): Space;
  /** Null if the two are different spaces. */
  same(existing: Space, proposed: Space): SameSpace<Space> | null;
  /**
   * The next version of a space, from the specifications of all learnwares in it.
   *
   * @returns Null if nothing changed enough to be worth it.
   */
  estimate(space: Space, specifications: AsyncIterable<Specification>): Promise<Space | null>;
  /** Whether a book may be made for it, of what is published in it. */
  takesBook(space: Space): boolean;
  /**
   * A specification as it would be had its rows been scaled by another version of the space.
   *
   * @param radiusSquared - What counts as covered, on the scale of `from`.
   * @throws EngineError `bad_parameter` if the two are different spaces.
   */
  rescale(
    rkme: Specification,
    radiusSquared: number,
    from: Space,
    to: Space,
  ): { readonly rkme: Specification; readonly radiusSquared: number };
}

interface Packaging<Space> {
  /** Why a model cannot be one of the space; null if it can. */
  checkModel(space: Space, about: Omit<ModelAbout, "input">): string | null;
  /** Not there if models of this kind cannot be run without data. */
  probes?(a: Specification, b: Specification, space: Space): Probes;
  /** Made-up rows that every model must run on before it is let in, where points of a specification are no rows. */
  readonly trial?: Probes["inputs"];
}

/**
 * A kind of data: how it is placed in a space, described, fed to models, and what becomes of its spaces. What a kind has to
 * give is told in README.md.
 *
 * @typeParam Data - Of a user, as it is held.
 * @typeParam Profile - What is known of the data without looking at rows.
 * @typeParam Placed - Where in a space the data lie.
 * @typeParam Fed - What inputs of models are made from.
 */
export interface DataKind<Data, Profile, Space extends AnySpace, Placed, Fed> {
  readonly name: KindName;
  /** What a document of a space must hold. */
  readonly space: z.ZodType<Space>;
  /** How many numbers a point of the space has. */
  dimension(space: Space): number;
  place(space: Space, profile: Profile): Placement<Placed>;
  /** All rows: shape [n, dimension], finite, on the scale of the space. They are the caller's own. */
  points(data: Data, plan: Plan<Space, Placed>): Matrix<Float32Array<ArrayBuffer>>;
  /** The rows that say something in the space, ascending: only these are described. Null: all of them. */
  described(data: Data, space: Space): Int32Array<ArrayBuffer> | null;
  /** @param answers - What is to be predicted, which a learner is not to see; undefined if nothing is to be learned. */
  rows(
    data: Data,
    plan: Plan<Space, Placed>,
    choice: RowChoice,
    answers: number | null | undefined,
  ): KindRows<Fed>;
  inputs(fed: Fed, space: Space, about: ModelAbout): readonly ModelInput[];
  /** Where inputs are far larger than what they are made of: for how many rows they are made at a time. */
  readonly parts?: {
    readonly rows: number;
    /** What inputs of some of the rows are made from. */
    of(fed: Fed, from: number, to: number): Fed;
  };
  readonly life: SpaceLife<Space>;
  readonly packaging: Packaging<Space>;
}
