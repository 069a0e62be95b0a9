import { createContext } from "svelte";

import type { AccountParts } from "../../account";
import type { Router } from "../../router";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { ShareWords } from "./english";
import type { Packing } from "./pack/packing.svelte";
import type { Publishing } from "./publish/publishing.svelte";
import type { ReportWords } from "./report/english";
import type { Sharing } from "./sharing.svelte";

interface SharePage {
  readonly sharing: Sharing;
  readonly publishing: Publishing;
  readonly packing: Packing;
  readonly account: AccountParts;
  readonly router: Router;
  readonly vocabulary: Vocabulary<ShareWords>;
  readonly report: Vocabulary<ReportWords>;
}

export const [usePage, providePage] = createContext<SharePage>();
