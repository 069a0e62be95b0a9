import type { Manifest } from "../../engine/learnware/manifest";

/** What a learnware says of itself. */
export interface LearnwareAbout {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  readonly scenario: readonly string[];
  /** One of the values of the semantic specification; "Others" for any other. */
  readonly licence: string;
  /** Where the training rows came from, with their own licence. */
  readonly source: string;
  readonly translations?: Manifest["translations"];
}
