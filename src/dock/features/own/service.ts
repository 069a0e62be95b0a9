import type { OwnLearnwareList } from "../../../contracts/http/account-api";
import type { SqlOverview } from "../../accounts/sql-overview";
import type { Caller } from "../../http/access/caller";
import type { Page } from "../../storage/learnware-store";

/** What somebody shares. */
export class OwnService {
  readonly #overview: Pick<SqlOverview, "learnwaresOf">;

  constructor(overview: Pick<SqlOverview, "learnwaresOf">) {
    this.#overview = overview;
  }

  list({ accountId }: Caller, page: Page): Promise<OwnLearnwareList> {
    return this.#overview.learnwaresOf(accountId, page);
  }
}
