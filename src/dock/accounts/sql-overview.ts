import type { OwnLearnwareList, Summary, User, UserQuery } from "../../contracts/http/account-api";
import type { Database, Sql } from "../storage/database/database";
import type { Page } from "../storage/learnware-store";

interface UserRow extends Omit<User, "createdAt" | "disabledAt"> {
  createdAt: Date;
  disabledAt: Date | null;
}

interface OwnRow {
  id: string;
  name: string;
  islandId: string;
  task: string;
  sizeBytes: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  downloads: string;
}

/** What people see of what is theirs, and of the whole dock those who look after it. */
export class SqlOverview {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of a learnware that is in the dock, or was taken out; undefined if there is none. */
  async ownerOf(learnwareId: string): Promise<string | null | undefined> {
    const [row] = await this.#database.query<{ owner: string | null }>(
      "select owner_id as owner from learnware where id = $1",
      [learnwareId],
    );
    return row?.owner;
  }

  async learnwaresOf(accountId: string, { limit, offset }: Page): Promise<OwnLearnwareList> {
    const sql = this.#database;
    const [counted] = await sql.query<{ total: number }>(
      "select count(*)::int as total from learnware where owner_id = $1",
      [accountId],
    );
    const rows = await sql.query<OwnRow>(
      `select l.id, l.name, l.island_id as "islandId", l.task, l.size_bytes::text as "sizeBytes",
         l.version, l.created_at as "createdAt", l.updated_at as "updatedAt",
         l.deleted_at as "deletedAt",
         (select coalesce(sum(u.count), 0)::text from use_count u
           where u.learnware_id = l.id and u.kind = 'download') as downloads
       from learnware l where l.owner_id = $1 order by l.updated_at desc, l.id limit $2 offset $3`,
      [accountId, limit, offset],
    );
    const learnwares = rows.map(({ createdAt, updatedAt, deletedAt, ...row }) => ({
      ...row,
      sizeBytes: Number(row.sizeBytes),
      downloads: Number(row.downloads),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      deletedAt: deletedAt?.toISOString() ?? null,
    }));
    return { learnwares, total: counted!.total };
  }

  /** The newest first. */
  async users(query: Required<Pick<UserQuery, "text">> & Page): Promise<{
    users: User[];
    total: number;
  }> {
    const sql = this.#database;
    const where =
      "where $1 = '' or position($1 in lower(a.name)) > 0 or position($1 in a.email_key) > 0";
    const text = (query.text ?? "").toLowerCase();
    const [counted] = await sql.query<{ total: number }>(
      `select count(*)::int as total from account a ${where}`,
      [text],
    );
    const rows = await sql.query<UserRow>(
      `select a.id, a.email, a.name, a.role, a.created_at as "createdAt",
         a.disabled_at as "disabledAt",
         (select count(*)::int from learnware l where l.owner_id = a.id and l.deleted_at is null)
           as learnwares
       from account a ${where} order by a.created_at desc, a.id limit $2 offset $3`,
      [text, query.limit, query.offset],
    );
    return { users: rows.map(toUser), total: counted!.total };
  }

  async user(id: string): Promise<User | null> {
    const [row] = await this.#database.query<UserRow>(
      `select a.id, a.email, a.name, a.role, a.created_at as "createdAt",
         a.disabled_at as "disabledAt",
         (select count(*)::int from learnware l where l.owner_id = a.id and l.deleted_at is null)
           as learnwares
       from account a where a.id = $1`,
      [id],
    );
    return row ? toUser(row) : null;
  }

  /** All but what there is to be done. */
  async summary(days: number): Promise<Omit<Summary, "jobs" | "jobsLeft">> {
    const sql = this.#database;
    const [users] = await sql.query<Summary["users"]>(
      `select count(*) filter (where disabled_at is null)::int as active,
         count(*) filter (where disabled_at is not null)::int as disabled,
         count(*) filter (where role = 'admin' and disabled_at is null)::int as admins
       from account`,
    );
    const [learnwares] = await sql.query<{ total: number; removed: number }>(
      `select count(*) filter (where deleted_at is null)::int as total,
         count(*) filter (where deleted_at is not null)::int as removed from learnware`,
    );
    const [islands] = await sql.query<{ count: number }>(
      "select count(*)::int as count from island",
    );
    return {
      users: users!,
      learnwares: {
        ...learnwares!,
        kinds: await counts(
          sql,
          `select coalesce(v.document ->> 'kind', 'table') as value,
             sum(i.learnware_count)::int as count
           from island i join space_version v on v.space_id = i.space_id and v.state = 'current'
           group by 1`,
        ),
        tasks: await counts(
          sql,
          `select task as value, count(*)::int as count from learnware
           where deleted_at is null group by 1`,
        ),
      },
      islands: islands!.count,
      submissions: await counts(
        sql,
        "select state as value, count(*)::int as count from submission group by 1",
      ),
      days: await usesByDay(sql, days),
    };
  }
}

function toUser({ createdAt, disabledAt, ...row }: UserRow): User {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
  };
}

/** Most first. */
function counts(
  sql: Pick<Sql, "query">,
  query: string,
): Promise<{ value: string; count: number }[]> {
  return sql.query(`${query} order by count desc, value`);
}

async function usesByDay(sql: Pick<Sql, "query">, days: number): Promise<Summary["days"]> {
  const today = "(now() at time zone 'utc')::date";
  return sql.query(
    `select to_char(d.day, 'YYYY-MM-DD') as day,
       coalesce(sum(u.count) filter (where u.kind = 'search'), 0)::int as searches,
       coalesce(sum(u.count) filter (where u.kind = 'download'), 0)::int as downloads
     from (select ${today} - n as day from generate_series(0, $1::int - 1) as n) d
     left join use_count u on u.day = d.day group by d.day order by d.day`,
    [days],
  );
}
