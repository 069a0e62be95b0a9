/** What came of many inputs that were made to do harm; all but `tried` are to be zero. */
export interface AttackTally {
  readonly name: string;
  readonly tried: number;
  /** Answers with a 5xx, but for a 503 that says when to come again. */
  readonly serverErrors: number;
  /** Processes, workers or tabs that died. */
  readonly crashes: number;
  /** Inputs with no answer in the time that the attack gives. */
  readonly hangs: number;
  /** Refusals that a person could do nothing with. */
  readonly unclear: number;
}

export function isClean({ serverErrors, crashes, hangs, unclear }: AttackTally): boolean {
  return serverErrors + crashes + hangs + unclear === 0;
}

/** One line an attack, under a head. */
export function tableOf(tallies: readonly AttackTally[]): string {
  const head = ["attack", "tried", "5xx", "crashes", "hangs", "unclear messages"];
  const rows = tallies.map(({ name, tried, serverErrors, crashes, hangs, unclear }) =>
    [name, tried, serverErrors, crashes, hangs, unclear].map(String),
  );
  const widths = head.map((title, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))),
    )
    .map((cells) => cells.join("  "))
    .join("\n");
}
