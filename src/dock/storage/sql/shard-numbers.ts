import { AppError } from "../../../contracts/outcome";
import type { Database } from "../database/database";

/** How many learnwares a shard can number; numbers of the first begin at 1, and fit in int8. */
const SPAN = 10n ** 15n;

/** Which shard gave a learnware its number. */
export function shardOf(number: string): number {
  return Number(BigInt(number) / SPAN);
}

/**
 * Have a shard number its learnwares as no other does.
 *
 * @throws AppError `bad_parameter` if it has learnwares with numbers of another.
 */
export async function numberFrom(database: Database, shard: number): Promise<void> {
  const first = String(BigInt(shard) * SPAN);
  const end = String(BigInt(shard + 1) * SPAN);
  await database.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(2, 0)"); // Other docks may open it too.
    const strangers = await tx.query(
      "select 1 from learnware where number < $1 or number >= $2 limit 1",
      [first, end],
    );
    if (strangers.length > 0) {
      throw new AppError("bad_parameter", "a database of BERTH_SHARDS is not the shard it was");
    }
    await tx.query(
      `select setval('learnware_number_seq', $1::bigint, false) from learnware_number_seq
       where last_value < $1::bigint`,
      [first],
    );
  });
}
