import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import type { ForeignModel } from "../../engine/pack/foreign-model";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { PackOptions } from "../../workflows/pack/pack-model";

/** What is asked of `berth pack`, whatever the kind of data. */
export interface PackWork {
  readonly compute: Compute;
  readonly model: ForeignModel;
  /** Path of what it was trained on. */
  readonly data: string;
  /** How a table is read. */
  readonly choice: ReadOptions;
  readonly options: Omit<PackOptions, "test" | "sample" | "book">;
  /** Of the command line. */
  readonly values: Readonly<
    Partial<
      Record<
        | ("names" | "island" | "island-name" | "island-out" | "book" | "dock" | "space" | "test")
        | ("text-column" | "pixels" | "side" | "public-sample"),
        string
      >
    >
  >;
}
