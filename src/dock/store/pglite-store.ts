import { fileURLToPath } from "node:url";

import { PGlite, types } from "@electric-sql/pglite";

import { IslandSummary, LearnwareCard, WireSpecification } from "../../contracts/dock-api";
import { AppError } from "../../contracts/outcome";
import type { Island } from "../../engine/island/island";
import type { LearnwareFilter, LearnwareStore, Origin, Page } from "./learnware-store";
import { migrate } from "./migrate";

const migrations = fileURLToPath(new URL("../migrations", import.meta.url));

const islandSummary = `
  select i.document,
    (select count(*)::int from learnware l where l.island_id = i.id) as count,
    array(select distinct l.card ->> 'target' from learnware l where l.island_id = i.id order by 1) as targets
  from island i`;

const wireSpecification = `
  select l.id, l.island_id, s.island_version, s.rows, s.cols, s.points, s.weights, s.gamma,
    s.row_count::float8 as row_count, s.radius_squared
  from specification s join learnware l on l.id = s.learnware_id`;

/** A `LearnwareStore` in the embedded database. The SQL is also PostgreSQL 15's. */
export class PgliteStore implements LearnwareStore {
  readonly #db: PGlite;

  private constructor(db: PGlite) {
    this.#db = db;
  }

  /**
   * Open the database in a directory, or in memory if there is none, and bring it up to date.
   * PGlite takes no lock of its own: the caller sees to it that nobody else has the directory open.
   */
  static async open(directory?: string): Promise<PgliteStore> {
    const db = await PGlite.create({
      dataDir: directory ?? "memory://",
      // PGlite's own bytea codec took 486 ms where this takes 33 (1000 values of 8 KB, PGlite 0.5.14).
      parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), "hex") },
      serializers: {
        [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}`,
      },
    });
    await migrate(db, migrations);
    return new PgliteStore(db);
  }

  async putIsland(island: Island): Promise<void> {
    await this.#db.query(
      `insert into island (id, version, document) values ($1, $2, $3)
       on conflict (id) do update set version = excluded.version, document = excluded.document`,
      [island.id, island.version, island],
    );
  }

  async islands(): Promise<IslandSummary[]> {
    const { rows } = await this.#db.query<IslandRow>(`${islandSummary} order by i.id`);
    return rows.map(toIsland);
  }

  async findIsland(id: string): Promise<IslandSummary | null> {
    const { rows } = await this.#db.query<IslandRow>(`${islandSummary} where i.id = $1`, [id]);
    return rows[0] ? toIsland(rows[0]) : null;
  }

  async removeEmptyIsland(id: string): Promise<void> {
    await this.#db.query(
      "delete from island where id = $1 and not exists (select 1 from learnware where island_id = $1)",
      [id],
    );
  }

  async put(card: LearnwareCard, specification: WireSpecification, origin: Origin): Promise<void> {
    const { rkme } = specification;
    await this.#db.transaction(async (tx) => {
      const { rows } = await tx.query("select 1 from island where id = $1", [card.islandId]);
      if (rows.length === 0) throw new AppError("bad_input", "there is no such island");
      await tx.query("delete from learnware where id = $1", [card.id]);
      await tx.query(
        `insert into learnware (id, island_id, task, origin, sha256, card)
         values ($1, $2, $3, $4, $5, $6)`,
        [card.id, card.islandId, card.task, origin, card.sha256, card],
      );
      await tx.query(
        `insert into specification (learnware_id, island_version, rows, cols, points, weights,
           gamma, row_count, radius_squared)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          card.id,
          specification.islandVersion,
          rkme.rows,
          rkme.cols,
          Buffer.from(rkme.points, "base64"),
          Buffer.from(rkme.weights, "base64"),
          rkme.gamma,
          rkme.rowCount,
          specification.radiusSquared,
        ],
      );
    });
  }

  async find(id: string): Promise<LearnwareCard | null> {
    return (await this.findAll([id]))[0] ?? null;
  }

  async findAll(ids: readonly string[]): Promise<LearnwareCard[]> {
    const { rows } = await this.#db.query<CardRow>(
      "select card from learnware where id = any($1::text[])",
      [ids],
    );
    return rows.map(toCard);
  }

  async list(
    { islandId, task, origin }: LearnwareFilter,
    { limit, offset }: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }> {
    const where = `where ($1::text is null or island_id = $1)
      and ($2::text is null or task = $2) and ($3::text is null or origin = $3)`;
    const values = [islandId ?? null, task ?? null, origin ?? null];
    const counted = await this.#db.query<{ total: number }>(
      `select count(*)::int as total from learnware ${where}`,
      values,
    );
    const { rows } = await this.#db.query<CardRow>(
      `select card from learnware ${where} order by id limit $4 offset $5`,
      [...values, limit, offset],
    );
    return { learnwares: rows.map(toCard), total: counted.rows[0]?.total ?? 0 };
  }

  async remove(id: string): Promise<void> {
    await this.#db.query("delete from learnware where id = $1", [id]);
  }

  async findSpecification(id: string): Promise<WireSpecification | null> {
    const { rows } = await this.#db.query<SpecificationRow>(
      `${wireSpecification} where l.id = $1`,
      [id],
    );
    return rows[0] ? toSpecification(rows[0]) : null;
  }

  async specificationsOn(islandId: string, islandVersion: number): Promise<WireSpecification[]> {
    const { rows } = await this.#db.query<SpecificationRow>(
      `${wireSpecification} where l.island_id = $1 and s.island_version = $2 order by l.id`,
      [islandId, islandVersion],
    );
    return rows.map(toSpecification);
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

interface IslandRow {
  document: Record<string, unknown>;
  count: number;
  targets: string[];
}

interface CardRow {
  card: unknown;
}

interface SpecificationRow {
  id: string;
  island_id: string;
  island_version: number;
  rows: number;
  cols: number;
  points: Buffer;
  weights: Buffer;
  gamma: number;
  row_count: number;
  radius_squared: number;
}

function toIsland({ document, count, targets }: IslandRow): IslandSummary {
  return IslandSummary.parse({ ...document, learnwareCount: count, targets });
}

function toCard({ card }: CardRow): LearnwareCard {
  return LearnwareCard.parse(card);
}

function toSpecification(row: SpecificationRow): WireSpecification {
  return {
    id: row.id,
    islandId: row.island_id,
    islandVersion: row.island_version,
    rkme: {
      rows: row.rows,
      cols: row.cols,
      points: row.points.toString("base64"),
      weights: row.weights.toString("base64"),
      gamma: row.gamma,
      rowCount: row.row_count,
    },
    radiusSquared: row.radius_squared,
  };
}
