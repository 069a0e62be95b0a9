/** @file What comes of markets of classes: means over users, and losses beside the best learnware's. */

import { type Figure, printTable } from "../report";
import type { Figures } from "./measure-market";

/** Of these, not how many answers are right but how many users have it. */
const OF_USERS = "own-first";

/** Collects the users of markets that were drawn several times over. */
export class MarketTally {
  readonly #users = new Map<string, Figures[]>();

  /** @param market - `<set>-<form>`. */
  add(market: string, users: readonly Figures[]): void {
    this.#users.set(market, [...(this.#users.get(market) ?? []), ...users]);
    console.log(`${market}: ${users.length} users`);
  }

  /** Prints a table of each market. */
  tell(): Figure[] {
    return [...this.#users].flatMap(([market, users]) => {
      const means = meansOf(users);
      const least = 1 - means.get("0/best")!;
      console.log(`\n${market}: ${users.length} users`);
      printTable([
        ["labels/way", "right", "loss ÷ best's"],
        ...[...means].map(([way, mean]) => {
          if (way.endsWith(OF_USERS)) return [way, mean.toFixed(3), ""];
          return [way, mean.toFixed(3), least > 0 ? ((1 - mean) / least).toFixed(2) : "–"];
        }),
      ]);
      if (least === 0) console.log("–: the best learnware is always right, so that nothing is measured by its loss"); // prettier-ignore
      return [...means].flatMap(([way, value]): Figure[] => {
        const of = { suite: "market", case: `${market}/${way}` };
        if (way.endsWith(OF_USERS)) return [{ ...of, metric: "share", unit: "share", value }];
        const accuracy = { ...of, metric: "accuracy", unit: "share", value };
        if (least === 0) return [accuracy];
        const loss = (1 - value) / least;
        return [accuracy, { ...of, metric: "loss_over_oracle", unit: "ratio", value: loss }];
      });
    });
  }
}

function meansOf(users: readonly Figures[]): Map<string, number> {
  return new Map(
    [...new Set(users.flatMap((user) => Object.keys(user)))].map((way) => {
      const known = users.flatMap((user) => user[way] ?? []);
      return [way, known.reduce((sum, one) => sum + one, 0) / known.length];
    }),
  );
}
