/** @file Lists of learnwares by meaning alone. */

import { type Facets, facetsOf } from "../../../../engine/search/catalogue/facets";
import { type Order, UNMEASURED } from "../../../../engine/search/catalogue/order";
import type { Size } from "../../../../engine/search/catalogue/size";
import type { Skill } from "../../../../engine/search/catalogue/skill";
import { choiceOf, withoutChoice } from "../../../../engine/search/catalogue/choice";
import type { Wanted } from "../../../../engine/search/words/relevance";
import type { Sql } from "../../database/database";
import type { CatalogueQuery, MatchQuery, TextMatch } from "../../learnware-store";
import { conditionsOf, relevanceOf, sizeOf, skillClass, Values, wantedIn } from "./semantic-filter";
import { type CardRow, toCard } from "../sql-rows";

interface MatchRow extends CardRow {
  id: string;
  at: number | string;
  covered_by: string | null;
}

export async function match(sql: Sql, query: MatchQuery): Promise<TextMatch[]> {
  const { filter, order = "best", after, limit } = query;
  const wanted = await wantedIn(sql, filter);
  const values = new Values(4);
  const place = placeIn(order, wanted, values);
  const where = listed(query, wanted, values);
  const isText = order === "name";
  const direction = isText ? "asc" : "desc";
  const later = isText
    ? `m.at > $2 or m.at = $2 and m.id > $3`
    : `m.at < $2::text::float8 or m.at = $2::text::float8 and m.id > $3`;
  const rows = await sql.query<MatchRow>(
    `select top.id, top.at, top.covered_by, v.card from (
       select m.* from (
         select l.id, l.number, l.version, l.covered_by, ${place} as at
         from learnware l where ${where}) m
       where $2::text is null or ${later}
       order by m.at ${direction}, m.id limit $1) top
     join learnware_version v using (number, version) order by top.at ${direction}, top.id`,
    [limit, after === undefined ? null : String(after.at), after?.id ?? null, ...values.list],
  );
  const found = rows.flatMap(({ card: document, at, covered_by: coveredBy }) => {
    const card = toCard({ card: document });
    return card ? [{ card, at, coveredBy }] : [];
  });
  const last = rows.at(-1);
  const left = rows.length - found.length; // What cannot be read makes way for others.
  if (left === 0 || rows.length < limit || !last) return found;
  const rest = { ...query, filter, after: { at: last.at, id: last.id }, limit: left };
  return [...found, ...(await match(sql, rest))];
}

interface AlikeRow {
  tags: string[];
  island_id: string;
  size: Size;
  skill: Skill;
  count: number;
}

/** Counted by the database for each way in which learnwares differ; the rest is the engine's, as in a tab. */
export async function facets(sql: Sql, query: CatalogueQuery): Promise<Facets> {
  const base = { ...query, islandIds: query.foundIn, filter: withoutChoice(query.filter) };
  const values = new Values(1);
  const where = listed(base, await wantedIn(sql, base.filter), values);
  const rows = await sql.query<AlikeRow>(
    `select l.tags, l.island_id, ${sizeOf} as size, ${skillClass} as skill, count(*)::int as count
     from learnware l where ${where} group by 1, 2, 3, 4`,
    values.list,
  );
  const alike = rows.map(({ island_id: islandId, ...row }) => ({ ...row, islandId }));
  return facetsOf(alike, choiceOf(query));
}

function listed(
  { filter, islandIds, task }: Pick<CatalogueQuery, "filter" | "islandIds" | "task">,
  wanted: readonly Wanted[] | null,
  values: Values,
): string {
  const conditions = ["l.deleted_at is null"];
  if (islandIds) conditions.push(`l.island_id = any(${values.place(islandIds)}::text[])`);
  if (task) conditions.push(`l.task = ${values.place(task)}`);
  return [...conditions, ...conditionsOf(filter, wanted, values)].join(" and ");
}

/** As `placeOf` of the engine; by relevance, redundant ones come after all others. */
function placeIn(order: Order, wanted: readonly Wanted[] | null, values: Values): string {
  if (order === "name") return "l.sort_name";
  if (order === "size") return "-l.size_bytes::float8";
  if (order === "rows") return "l.row_count::float8";
  if (order === "skill") return `coalesce(l.skill, ${UNMEASURED})`;
  const relevance = relevanceOf(wanted, values);
  return `round((case when l.covered_by is null then 2 else 0 end + ${relevance})::numeric, 6)::float8`;
}
