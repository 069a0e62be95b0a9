import type { StoredChart } from "../learnware-store";
import type { Sql } from "../database/database";

export async function findChart(sql: Sql): Promise<StoredChart | null> {
  const [row] = await sql.query<StoredChart>(
    `select tag, drawn_of as "drawnOf", document from chart`,
  );
  return row ?? null;
}

export async function chartTag(sql: Sql): Promise<string | null> {
  const [row] = await sql.query<{ tag: string }>("select tag from chart");
  return row?.tag ?? null;
}

export async function putChart(sql: Sql, { tag, drawnOf, document }: StoredChart): Promise<void> {
  await sql.query(
    `insert into chart (tag, drawn_of, document) values ($1, $2, $3)
     on conflict (is_one) do update
     set tag = excluded.tag, drawn_of = excluded.drawn_of, document = excluded.document`,
    [tag, drawnOf, document],
  );
}
