import { createContext } from "svelte";

import type { AccountParts } from "../../../account";
import type { Vocabulary } from "../../../words/vocabulary.svelte";
import type { ReportWords } from "../report/english";
import type { MineWords } from "./english";
import type { Mine } from "./mine.svelte";

interface MinePage {
  readonly mine: Mine;
  readonly account: AccountParts;
  readonly vocabulary: Vocabulary<MineWords>;
  readonly report: Vocabulary<ReportWords>;
}

export const [usePage, providePage] = createContext<MinePage>();
