import { AppError } from "../../../contracts/outcome";
import type { ComputeName } from "../../../engine/specification/kernel/compute";
import type { Clients } from "../../clients";
import { matchesWithout } from "../../../engine/kinds/table/rows/table-rows";
import { detectAnswers } from "./choose/answers";
import { Browsing } from "./start/browse.svelte";
import { FindStep } from "./find/find.svelte";
import { MappingStep } from "./match/mapping.svelte";
import type { PrivacyChoice } from "../../../workflows/find/privacy";
import { wantedTarget } from "../../../workflows/find/target";
import { PrivacyBudget } from "./find/privacy-budget.svelte";
import { ReuseStep } from "./predictions/reuse.svelte";
import { TableStep } from "./columns/table.svelte";
import { noFilter, type Filter } from "../../../workflows/find/filter";

/** One walk from a table to predictions. A change in one step makes the steps after it start over, never those before. */
export class Session {
  readonly table: TableStep;
  readonly mapping: MappingStep;
  readonly budget: PrivacyBudget;
  readonly find: FindStep;
  readonly reuse: ReuseStep;
  readonly browse: Browsing;
  /** Whether the dock takes anything; else there is nothing to choose about what may leave. */
  readonly sendsRequests: boolean;
  /** Only learnwares that predict this; null: any. Asked for where an island has several. */
  #target = $state<string | null>(null);
  #filter = $state.raw(noFilter);
  /** The column with answers that the user named; null: none, undefined: not said. */
  #answersByHand = $state<string | null | undefined>(undefined);
  readonly #packages: Clients["packages"];
  readonly #key: Clients["key"];

  constructor({ data, spec, reuse, dock, searcher, packages, ledger, key }: Clients) {
    this.#packages = packages;
    this.#key = key;
    this.sendsRequests = dock.sendsRequests;
    this.budget = new PrivacyBudget(ledger);
    this.table = new TableStep(data, ({ profile }) => {
      this.#answersByHand = undefined;
      void this.budget.open(profile);
      void this.mapping.match(profile.columns);
    });
    this.mapping = new MappingStep(dock, data, () => this.#startOver());
    this.find = new FindStep({
      ...{ spec, dock, searcher, budget: this.budget },
      refresh: (islandId, call) => this.mapping.refresh(islandId, call),
      onChange: (finding) => this.reuse.offer(finding),
    });
    this.browse = new Browsing(dock);
    this.reuse = new ReuseStep(reuse, packages, data);
  }

  /** What the chosen island's learnwares predict, and what of it the user wants. */
  get target(): string | null {
    const targets = this.mapping.chosen?.island.targets ?? [];
    return wantedTarget(targets, this.#target);
  }

  /** Name of the column that holds the answers of some rows; null if there is none. */
  readonly answersName = $derived.by((): string | null => {
    const columns = this.table.table?.profile.columns ?? [];
    if (this.#answersByHand !== undefined) return this.#answersByHand;
    return detectAnswers(columns, this.target ?? this.mapping.chosen?.island.targets[0]);
  });

  /** Its index; null if the table has no such column. */
  readonly answersColumn = $derived.by((): number | null => {
    const columns = this.table.table?.profile.columns ?? [];
    const index = columns.findIndex(({ name }) => name === this.answersName);
    return index < 0 ? null : index;
  });

  get filter(): Filter {
    return this.#filter;
  }

  set filter(filter: Filter) {
    this.#filter = filter;
    this.find.withdraw();
  }

  /** Which implementation did the sums; null before any were done. */
  readonly compute = $derived.by((): ComputeName | null => {
    return this.find.payload?.compute ?? null;
  });

  /** Whether work is under way, or there are predictions that nobody has downloaded. */
  get wouldBeLost(): boolean {
    const { find, reuse } = this;
    const isBusy = find.isBusy || reuse.state.kind === "running";
    return isBusy || (reuse.outcome !== null && reuse.saving.state.kind !== "saved");
  }

  /** @param column - By name; null: no column holds answers. */
  useAnswers(column: string | null): void {
    this.#answersByHand = column;
  }

  wantTarget(target: string): void {
    this.#target = target;
    this.#startOver();
  }

  /** Where nothing can be sent, nothing is made ready to be, whatever was chosen for other docks. */
  privacyOf(choice: PrivacyChoice): PrivacyChoice {
    return this.sendsRequests ? choice : { ...choice, level: "nothing" };
  }

  async startFind(choice: PrivacyChoice, lookFirst: boolean): Promise<void> {
    const { chosen } = this.mapping;
    if (!chosen) return;
    const { island, match } = chosen;
    const query = {
      island,
      matches: matchesWithout(match.matches, this.answersColumn),
      target: this.target,
      filter: this.#filter,
      privacy: this.privacyOf(choice),
    };
    await this.find.find(query, lookFirst);
  }

  async run(): Promise<void> {
    const rows = this.table.table?.profile.rows;
    if (rows !== undefined) await this.reuse.run(rows, this.answersColumn);
  }

  retryIslands(): void {
    const { table } = this.table;
    if (table) void this.mapping.match(table.profile.columns);
  }

  /** Read a sample that comes with the page. */
  async trySample(file: string): Promise<void> {
    try {
      const response = await fetch(`${import.meta.env.BASE_URL}samples/${file}`);
      if (!response.ok) throw new AppError("not_found", `no sample ${file}`);
      await this.table.readText(await response.text(), file);
    } catch (error) {
      const reached = error instanceof AppError;
      this.table.fail(
        reached ? error : new AppError("network_failed", "no sample", {}, { cause: error }),
        file,
      );
    }
  }

  /** Pick other halves of the rows from now on. What was found stays; what waits to be sent is made anew. */
  renewKey(): Promise<void> {
    this.find.withdraw();
    return this.#key.renew();
  }

  /** Forget the models downloaded, what was spent, and the key. */
  async clear(): Promise<void> {
    this.budget.clear();
    await Promise.all([this.#packages.clear(), this.renewKey()]);
  }

  #startOver(): void {
    this.find.reset();
  }
}
