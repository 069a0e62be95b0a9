import type { Berthed } from "../../own-data.svelte";
import { AppError } from "../../../contracts/outcome";
import type { ComputeName } from "../../../engine/specification/kernel/compute";
import type { Choices } from "../../../client/storage/work-store";
import type { Clients, TableKeeper } from "../../clients";
import type { TableProfile } from "../../../engine/kinds/table/columns/profile";
import { readingOf } from "../../../engine/kinds/table/read/as-before";
import type { ReadOptions } from "../../../engine/kinds/table/read/reader";
import { matchesWithout } from "../../../engine/kinds/table/rows/table-rows";
import { Beside } from "./choose/beside.svelte";
import { hashOf, isNoLink, type Link } from "./keep/link";
import { Linked } from "./keep/linked.svelte";
import { FindStep } from "./find/find.svelte";
import { MappingStep } from "./match/mapping.svelte";
import type { PrivacyChoice } from "../../../workflows/find/privacy";
import type { Payload } from "../../../workflows/find/payload";
import { wantedTarget } from "../../../workflows/find/target";
import type { OwnStep } from "./own/own-step.svelte";
import { BY_HAND, ByHand } from "./gallery/by-hand.svelte";
import { PrivacyBudget } from "./find/privacy-budget.svelte";
import { ReuseStep } from "./predictions/reuse.svelte";
import { type LoadedTable, TableStep } from "./columns/table.svelte";
import { noFilter, type Filter } from "../../../workflows/find/filter";

export const STEPS = ["data", "match", "models", "predictions"] as const;
export type StepName = (typeof STEPS)[number];

/** One walk from a table to predictions. A change in one step makes the steps after it start over, never those before. */
export class Session {
  readonly table: TableStep;
  readonly mapping: MappingStep;
  readonly budget: PrivacyBudget;
  readonly find: FindStep;
  readonly reuse: ReuseStep;
  readonly beside: Beside;
  readonly linked: Linked;
  /** A model trained on the user's own rows; its code comes with the workspace. */
  own = $state.raw<OwnStep | null>(null);
  readonly openOwn: (make: typeof OwnStep) => OwnStep;
  /** Labels that the user gave to pictures or texts. */
  readonly byHand = new ByHand();
  /** Whether the dock takes anything; else there is nothing to choose about what may leave. */
  readonly sendsRequests: boolean;
  /** Only learnwares that predict this; null: any. Asked for where an island has several. */
  #target = $state<string | null>(null);
  #filter = $state.raw(noFilter);
  /** The column with answers that the user named; null: none, undefined: not said. */
  #answersByHand = $state<string | null | undefined>(undefined);
  /** The step that was gone to; shown as far as it is reached. */
  #wantedStep = $state<StepName>("data");
  /** How often somebody or something has gone to a step. */
  #goings = 0;
  /** What was chosen for this file on another visit; null if nothing was. */
  recall: (file: File) => Choices | null = () => null;
  readonly #key: Clients["key"];
  readonly #data: Clients["data"];
  /** Names of the columns that the next table must have for the model to stay; null: it need not. */
  #keep: string | null = null;
  /** Whether the same table is being read as that of a model in use. */
  #isReadAgain = false;

  /** @param onSend - Called with every message about the table, as it leaves. */
  constructor(
    { data, spec, reuse, own, dock, searcher, packages, ledger, key, work }: Clients,
    onSend: (payload: Payload) => void,
  ) {
    this.#key = key;
    this.sendsRequests = dock.sendsRequests;
    this.budget = new PrivacyBudget(ledger);
    this.#data = data;
    this.table = new TableStep(data, (loaded) => this.#read(loaded));
    this.mapping = new MappingStep(dock, data, () => this.find.reset());
    this.find = new FindStep({
      ...{ data, spec, dock, searcher, budget: this.budget },
      refresh: (islandId, call) => this.mapping.refresh(islandId, call),
      onChange: (finding) => {
        this.reuse.offer(finding);
        const offer = this.linked.offerIn(finding);
        if (offer) this.reuse.choose(offer.key);
      },
      onSend,
    });
    this.linked = new Linked(dock, this.mapping, this.find);
    this.beside = new Beside(spec);
    const onPredicted = () => this.goTo("predictions");
    this.reuse = new ReuseStep(reuse, packages, data, onPredicted);
    const fileName = () => this.table.table?.file.name ?? "";
    this.openOwn = (make) =>
      new make({
        trainer: own,
        data,
        shelf: work,
        fileName,
        onPredicted,
        readAs: (reading) => this.#readAs(reading),
      });
  }

  /** Where the table lies among what the dock has; null before it has found an island. */
  get berthed(): Berthed | null {
    const { table } = this.table;
    const { chosen } = this.mapping;
    if (!table || !chosen) return null;
    const { state } = this.find;
    const singles = state.kind === "found" ? state.finding.offers : [];
    const nearest = singles.flatMap(({ kind, members, fit }) =>
      kind === "single" ? [{ id: members[0]!.card.id, similarity: fit.similarity }] : [],
    );
    const { name: fileName } = table.file;
    return { fileName, rows: table.profile.rows, islandId: chosen.island.id, nearest };
  }

  /** Which step is shown: the one gone to, or the last before it that is reached. */
  get step(): StepName {
    const wanted = STEPS.indexOf(this.#wantedStep);
    return STEPS.slice(0, wanted + 1).findLast((name) => this.isReached(name)) ?? "data";
  }

  isReached(step: StepName): boolean {
    if (step === "models") {
      const hasModels = this.find.state.kind !== "idle" || this.reuse.chosen !== null;
      return this.mapping.chosen !== null && hasModels;
    }
    if (step === "predictions") return (this.own?.result ?? this.reuse.outcome) !== null;
    return true;
  }

  /** Whether what narrows the search is unfolded. */
  narrowIsOpen = $state(false);

  /** Back to what narrows the search. */
  narrow(): void {
    this.narrowIsOpen = true;
    this.goTo("match");
  }

  goTo(step: StepName): void {
    this.#wantedStep = step;
    this.#goings++;
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
    const { chosen, matching } = this.mapping;
    return matching?.detectAnswers(columns, this.target ?? chosen?.island.targets[0]) ?? null;
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

  /**
   * What may come next by which something leaves: searching with the rows, or nothing before a kind of data is chosen; null
   * where neither does. A model of the user's own asks nobody.
   */
  get next(): "search" | "choice" | null {
    const { own, mapping, find } = this;
    if (!this.sendsRequests || own?.isBusy === true || (own?.result ?? null) !== null) return null;
    if (mapping.state.kind !== "ready" || find.state.kind === "failed") return null;
    return (mapping.chosen?.match.matched ?? 0) > 0 ? "search" : "choice";
  }

  /** Whether work is under way, or there are predictions that nobody has downloaded. */
  get wouldBeLost(): boolean {
    const { find, reuse, own } = this;
    const isBusy = find.isBusy || reuse.state.kind === "running" || own?.isBusy === true;
    const { saving } = own?.result ? own : reuse;
    return isBusy || (this.isReached("predictions") && saving.state.kind !== "saved");
  }

  /** @param column - By name; null: no column holds answers. */
  useAnswers(column: string | null): void {
    this.#answersByHand = column;
  }

  wantTarget(target: string): void {
    this.#target = target;
    this.find.reset();
  }

  /** What the user chose so far, to be taken up on another visit; null without a table. */
  get choices(): Choices | null {
    const { table } = this.table;
    if (!table) return null;
    const { columns, dialect } = table.profile;
    return {
      hasHeader: dialect.hasHeader,
      delimiter: dialect.delimiter,
      told: this.table.told,
      types: columns.flatMap(({ type, detected }, i) => (type === detected ? [] : [[i, type]])),
      islandId: this.mapping.chosen?.island.id ?? null,
      target: this.#target,
      answers: this.#answersByHand,
      ...this.mapping.choices,
      filter: this.#filter,
      labels: [...this.byHand.labels],
      step: this.step,
    };
  }

  /**
   * Read and match the table as it was chosen before. Nothing is sent by this: who was farther than matching is led to
   * the button that sends.
   */
  async #resume(choices: Choices): Promise<void> {
    const { dialect } = this.table.table!.profile;
    const { hasHeader, delimiter, told = {} } = choices;
    const isLed = this.linked.leads(this.table.table!.file, true);
    const goings = this.#goings;
    if (Object.keys(told).length > 0) await this.table.read(this.table.table!.file, told);
    else if (dialect.hasHeader !== hasHeader || dialect.delimiter !== delimiter) {
      await this.table.read(this.table.table!.file, { hasHeader, delimiter });
    }
    for (const [column, type] of choices.types) await this.table.retype(column, type);
    const { table } = this.table;
    if (!table) return;
    this.byHand.takeUp(choices.labels ?? []);
    // The column of labels that were given by hand is made anew with them.
    const isThere = table.profile.columns.some(({ name }) => name === choices.answers);
    this.#answersByHand = choices.answers === BY_HAND && !isThere ? undefined : choices.answers;
    this.#target = choices.target;
    this.#filter = choices.filter;
    this.mapping.want(choices.islandId, choices);
    void this.budget.open(table.profile);
    if (isLed) await this.#lead();
    await this.mapping.match(table.profile.columns);
    // Whoever has gone somewhere by now stays there.
    if (this.#goings === goings) this.goTo(isLed || choices.step === "data" ? "data" : "match");
  }

  /**
   * Take up what a link asks for, also for the table that is here; where it was compared already, it is only chosen.
   *
   * @param isNew - Whether it counts more than what was chosen for a table before.
   */
  follow(link: Link, isNew: boolean): void {
    this.linked.ask(link, isNew);
    const { table } = this.table;
    if (!table || isNoLink(link)) return;
    const { state } = this.find;
    const offer = this.linked.offerIn(state.kind === "found" ? state.finding : null);
    if (offer && link.columns.length === 0) {
      this.reuse.choose(offer.key);
      this.goTo("models");
      return;
    }
    this.goTo("data");
    void this.#match(table);
  }

  /** Match the columns, as the link says that led here if it says so. */
  async #match(table: LoadedTable): Promise<void> {
    if (this.linked.leads(table.file)) {
      await this.#lead();
      if (this.table.table !== table) return; // Meanwhile another was read, and is matched.
    }
    await this.mapping.match(table.profile.columns);
  }

  async #lead(): Promise<void> {
    const { islandId, columns } = await this.linked.goal();
    if (islandId !== null) this.mapping.want(islandId, undefined, columns);
  }

  /** An address that leads others here, with this kind of data, model and mapping, by their own columns' places. */
  get link(): string | null {
    const { chosen } = this.mapping;
    if (!chosen) return null;
    const { chosen: offer } = this.reuse;
    return hashOf({
      islandId: chosen.island.id,
      learnwareId: offer?.kind === "single" ? offer.members[0]!.card.id : null,
      columns: chosen.match.matches.map(({ column }) => column),
    });
  }

  /** Where nothing can be sent, nothing is made ready to be, whatever was chosen for other docks. */
  privacyOf(choice: PrivacyChoice): PrivacyChoice {
    return this.sendsRequests ? choice : { ...choice, level: "nothing" };
  }

  /**
   * Look for models with the rows as they are matched now.
   *
   * @param lookFirst - Stop before anything is sent; where nothing can be, there is nothing to look at.
   */
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
    this.goTo("models");
    await this.find.find(query, lookFirst && this.sendsRequests);
  }

  /** From the table to predictions with what is recommended; stops where something has to be decided. */
  async predict(choice: PrivacyChoice, lookFirst: boolean): Promise<void> {
    await this.startFind(choice, lookFirst);
    if (this.find.state.kind !== "found" || this.linked.unmet === "uncompared") return;
    if (this.reuse.chosen?.recommended) await this.run();
  }

  async run(): Promise<void> {
    const rows = this.table.table?.profile.rows;
    this.own?.forget();
    if (rows !== undefined) await this.reuse.run(rows, this.answersColumn);
  }

  retryIslands(): void {
    const { table } = this.table;
    if (table) void this.mapping.match(table.profile.columns);
  }

  /** The language of the first texts of a column, as ISO 639-3; null if none can be told. */
  languageOf(column: number): Promise<string | null> {
    return this.#data.language(column);
  }

  /** Cells of the table that are to be shown. */
  readonly cells: TableKeeper["cells"] = (...asked) => this.#data.cells(...asked);

  /** Files of pictures, in a zip with a folder a label. */
  readonly sorted: TableKeeper["sorted"] = (...asked) => this.#data.sorted(...asked);

  /** Predict once more, with the labels that were given by hand as answers. */
  async predictByHand(): Promise<void> {
    const { table } = this.table;
    if (!table) return;
    try {
      const base = this.answersColumn;
      if (table.profile.format !== "pictures") {
        await this.#data.giveAnswers(base, this.byHand.labels);
        const { rows, columns } = table.profile;
        await this.reuse.run(rows, columns.length);
        return;
      }
      if (!(await this.#labelled(base))) return;
    } catch (error) {
      this.table.fail(error, table.file.name);
      return;
    }
    this.useAnswers(BY_HAND);
    await this.run();
  }

  /** Train once more on pictures, with the labels that were given by hand over those that were learned from. */
  async trainByHand(): Promise<void> {
    const { own } = this;
    const { table } = this.table;
    if (!table || !own?.result) return;
    const { target } = own.result.predictions;
    const base = table.profile.columns.findIndex(({ name }) => name === target);
    try {
      if (!(await this.#labelled(base < 0 ? null : base))) return;
    } catch (error) {
      this.table.fail(error, table.file.name);
      return;
    }
    await own.train(BY_HAND, null, []);
  }

  /** @returns Whether the pictures, which are still the same, have the labels given by hand as a column. */
  async #labelled(base: number | null): Promise<boolean> {
    const file = this.table.table?.file;
    const profile = await this.#data.label(BY_HAND, base, this.byHand.labels);
    if (this.table.table?.file !== file) return false;
    this.table.widen(profile);
    return true;
  }

  /** Pictures that are to be shown. */
  readonly thumbnails: TableKeeper["thumbnails"] = (...asked) => this.#data.thumbnails(...asked);

  /**
   * Predict the rows of another file of the same columns as these were; one of other columns starts the way over. It is
   * read as these were where it does not tell otherwise.
   */
  async predictOther(file: File): Promise<void> {
    const profile = this.table.table?.profile;
    const reading = this.own?.result?.reading ?? (profile && readingOf(profile));
    this.#keep = namesOf(profile);
    await this.table.read(file, reading);
    this.#keep = null;
  }

  /** Read the table once more as another was; what was said of this one counts more. */
  async #readAs(reading: ReadOptions): Promise<void> {
    const { table, told } = this.table;
    const options = { ...reading, ...told, ...(reading.before && { before: reading.before }) };
    if (!table || JSON.stringify(options) === JSON.stringify(told)) return;
    this.#isReadAgain = true;
    await this.table.read(table.file, options);
    this.#isReadAgain = false;
  }

  #read(loaded: LoadedTable): void {
    const { file, profile } = loaded;
    const keep = this.#keep;
    this.byHand.of(file, profile.rows);
    this.#keep = null;
    if (this.#isReadAgain) {
      this.#isReadAgain = false;
      void this.#match(loaded);
      return;
    }
    if (keep !== null && this.own?.result) {
      if (this.own.lacking(this.own.result, profile) !== null) {
        void this.budget.open(profile);
        void this.own.predictOther();
        return;
      }
      this.own.turnAway();
    } else this.own?.clear();
    if (keep !== null && this.reuse.chosen !== null && keep === namesOf(profile)) {
      void this.budget.open(profile);
      this.reuse.forget();
      this.find.outdate();
      this.#wantedStep = "models";
      void this.run();
      return;
    }
    const choices = this.recall(file);
    if (choices) {
      void this.#resume(choices);
      return;
    }
    void this.budget.open(profile);
    this.#answersByHand = undefined;
    this.#wantedStep = "data";
    void this.#match(loaded);
  }

  /** Read a sample that comes with the page. */
  async trySample(file: string): Promise<void> {
    try {
      const response = await fetch(`${import.meta.env.BASE_URL}samples/${file}`);
      if (!response.ok) throw new AppError("not_found", `no sample ${file}`);
      await this.table.read(new File([await response.blob()], file));
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

  /** Forget the table and all that came of it. */
  clear(): void {
    this.own?.end();
    this.byHand.clear();
    this.budget.clear();
    this.find.reset();
    this.table.clear();
    this.mapping.clear();
  }
}

function namesOf(profile: TableProfile | undefined): string {
  return JSON.stringify(profile?.columns.map(({ name }) => name));
}
