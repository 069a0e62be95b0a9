import { randomBytes } from "node:crypto";

import { AppError } from "../../../contracts/outcome";
import type { BlobInfo, BlobStore } from "../blobs/blob-store";
import { inParts } from "../blobs/in-parts";
import type { Database, Sql } from "../database/database";
import { Mutex } from "../../../engine/ground/mutex";
import { inUtc } from "../sql/in-utc";
import { KeptUpload } from "./kept-upload";

export interface Upload {
  readonly id: string;
  readonly ownerId: string;
  readonly sizeBytes: number;
  /** Bytes that have come and are kept for good. */
  readonly offset: number;
  /** Of the whole, once it is there. */
  readonly sha256: string | null;
  readonly expiresAt: Date;
}

export interface UploadLimits {
  /** Of one account, all that is open together. */
  readonly bytes: number;
  readonly open: number;
  /** From the last byte on. */
  readonly keptMs: number;
}

/** Told what there is to be kept of an upload by now; null if it is gone. */
type KeepUpload = (id: string, kept: KeptUpload | null) => Promise<void>;

const usual: UploadLimits = { bytes: 2 * 1024 ** 3, open: 20, keptMs: 24 * 3_600_000 };

/** Bytes that are lost at most where a dock dies in the middle. */
const PART_BYTES = 4 * 1024 * 1024;
/** Random bytes before each part. */
const SALT_BYTES = 16;

interface UploadRow {
  readonly id: string;
  readonly owner_id: string;
  readonly size_bytes: string;
  readonly received_bytes: string;
  readonly sha256: string | null;
  readonly expires_at: Date;
}

/** Zips on their way in, resumable at any dock of the same database and blobs. */
export class Uploads {
  readonly #database: Database;
  readonly #blobs: BlobStore;
  readonly #limits: UploadLimits;
  readonly #keep: KeepUpload | undefined;
  readonly #keeping = new Mutex();

  /** @param parts - `keep` has put what it is told in a safe place when it resolves. */
  constructor(
    parts: { readonly database: Database; readonly blobs: BlobStore; readonly keep?: KeepUpload },
    limits: UploadLimits = usual,
  ) {
    this.#database = parts.database;
    this.#blobs = parts.blobs;
    this.#keep = parts.keep;
    this.#limits = limits;
  }

  /** @throws AppError `quota_full` if the account has too much on its way. */
  async create(ownerId: string, sizeBytes: number): Promise<Upload> {
    const { bytes, open, keptMs } = this.#limits;
    const id = randomBytes(16).toString("hex");
    const created = await this.#database.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(2, hashtext($1))", [ownerId]);
      const [held] = await tx.query<{ count: number; bytes: string }>(
        `select count(*)::int as count, coalesce(sum(size_bytes), 0)::text as bytes
         from upload where owner_id = $1 and expires_at > now()`,
        [ownerId],
      );
      if (held && (held.count >= open || Number(held.bytes) + sizeBytes > bytes)) {
        throw new AppError(
          "quota_full",
          `an account may have ${open} uploads of ${bytes} bytes together on their way; finish or delete some first`,
        );
      }
      const [row] = await tx.query<UploadRow>(
        `insert into upload (id, owner_id, size_bytes, expires_at)
         values ($1, $2, $3, now() + $4 * interval '1 millisecond') returning ${columns}`,
        [id, ownerId, sizeBytes, keptMs],
      );
      return toUpload(row!);
    });
    await this.#record(id);
    return created;
  }

  /** Null if there is none, or its time is over. */
  async find(id: string): Promise<Upload | null> {
    const [row] = await this.#database.query<UploadRow>(
      `select ${columns} from upload where id = $1 and expires_at > now()`,
      [id],
    );
    return row ? toUpload(row) : null;
  }

  /**
   * Keeps what comes, part by part; where the stream breaks off, all that came until then.
   *
   * @param offset - Of the first byte that comes.
   * @returns How many bytes are there now.
   * @throws AppError `not_found`; `wrong_offset` if another number of bytes is there; `too_large` if more come than were
   *   announced.
   */
  async append(id: string, offset: number, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const upload = await this.find(id);
    if (!upload) throw missing();
    if (upload.offset !== offset || upload.sha256 !== null) throw wrongOffset(upload.offset);
    const coming = new Coming(chunks, upload.sizeBytes - offset);
    let at = offset;
    for await (const part of inParts(coming, PART_BYTES)) {
      if (part.length === 0) break;
      await this.#put(id, at, part);
      at += part.length;
    }
    if (coming.isTooLong) {
      throw new AppError("too_large", `the upload was announced with ${upload.sizeBytes} bytes`);
    }
    return at;
  }

  /**
   * Puts the parts together, and compares the hash that is computed meanwhile.
   *
   * @throws AppError `not_found`; `wrong_offset` if bytes are yet to come; `damaged_file` if it is another file than it should
   *   be, which is forgotten.
   */
  async finish(id: string, sha256: string): Promise<Upload> {
    const upload = await this.find(id);
    if (!upload) throw missing();
    if (upload.offset !== upload.sizeBytes) throw wrongOffset(upload.offset);
    const info = upload.sha256 === null ? await this.#join(upload) : upload;
    if (info.sha256 !== sha256) {
      await this.remove(id);
      const message = "the bytes that came have another SHA-256: send the file again";
      throw new AppError("damaged_file", message);
    }
    await this.#database.query("update upload set sha256 = $2 where id = $1", [id, sha256]);
    await this.#forgetParts(id);
    return { ...upload, sha256 };
  }

  /** No matter if there was none. */
  async remove(id: string): Promise<void> {
    const parts = await this.#parts(id);
    await this.#database.query("delete from upload where id = $1", [id]); // Its parts go at once with it.
    await this.#record(id);
    for (const sha256 of parts) await this.#blobs.remove(sha256);
  }

  /** Forgets those whose time is over. */
  async expire(): Promise<void> {
    const over = await this.#database.query<{ id: string }>(
      "select id from upload where expires_at <= now()",
    );
    for (const { id } of over) await this.remove(id);
  }

  /** Whether a blob is part of an upload, or of one that was handed in. */
  async uses(sha256: string): Promise<boolean> {
    const found = await this.#database.query(
      `select 1 from upload where sha256 = $1
       union all select 1 from upload_part where sha256 = $1
       union all select 1 from submission where sha256 = $1 and state in ('waiting', 'running')
       limit 1`,
      [sha256],
    );
    return found.length > 0;
  }

  async recordAll(): Promise<void> {
    const rows = await this.#database.query<{ id: string }>("select id from upload");
    for (const { id } of rows) await this.#record(id);
  }

  /** Puts one where there is none of its id, unless its time is over. */
  async bringBack(kept: KeptUpload): Promise<void> {
    const { id, ownerId, sizeBytes, receivedBytes, sha256, createdAt, expiresAt, parts } = kept;
    if (Date.parse(expiresAt) <= Date.now()) return;
    await this.#database.transaction(async (tx) => {
      await tx.query(
        `insert into upload (id, owner_id, size_bytes, received_bytes, sha256, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz)`,
        [id, ownerId, sizeBytes, receivedBytes, sha256, createdAt, expiresAt],
      );
      await tx.query(
        `insert into upload_part (upload_id, from_byte, sha256)
         select $1, p."from", p.sha256 from jsonb_to_recordset($2::jsonb) as p ("from" bigint, sha256 text)`,
        [id, JSON.stringify(parts)],
      );
    });
  }

  async #record(id: string): Promise<void> {
    const keep = this.#keep;
    if (!keep) return;
    await this.#keeping.take(async () => keep(id, await this.#kept(id)));
  }

  async #kept(id: string): Promise<KeptUpload | null> {
    const [row] = await this.#database.query(
      `select u.id, u.owner_id as "ownerId", u.size_bytes::float8 as "sizeBytes",
         u.received_bytes::float8 as "receivedBytes", u.sha256,
         ${inUtc("u.created_at")} as "createdAt", ${inUtc("u.expires_at")} as "expiresAt",
         coalesce((select jsonb_agg(jsonb_build_object('from', p.from_byte, 'sha256', p.sha256) order by p.from_byte)
           from upload_part p where p.upload_id = u.id), '[]') as parts
       from upload u where u.id = $1`,
      [id],
    );
    return row ? KeptUpload.parse(row) : null;
  }

  /** A part is a blob before it is noted; one that is not noted is an orphan. */
  async #put(id: string, from: number, part: Uint8Array): Promise<void> {
    const salt = randomBytes(SALT_BYTES);
    const { sha256 } = await this.#blobs.put(Buffer.concat([salt, part]));
    try {
      await this.#database.transaction((tx) => this.#note(tx, id, from, part.length, sha256));
      await this.#record(id);
    } catch (error) {
      await this.#blobs.remove(sha256);
      throw error;
    }
  }

  async #note(tx: Sql, id: string, from: number, length: number, sha256: string): Promise<void> {
    const [moved] = await tx.query(
      `update upload set received_bytes = $2::bigint + $3, expires_at = now() + $4 * interval '1 millisecond'
       where id = $1 and received_bytes = $2 and sha256 is null returning 1`,
      [id, from, length, this.#limits.keptMs],
    );
    if (!moved) {
      const [row] = await tx.query<UploadRow>(`select ${columns} from upload where id = $1`, [id]);
      throw row ? wrongOffset(Number(row.received_bytes)) : missing();
    }
    await tx.query("insert into upload_part (upload_id, from_byte, sha256) values ($1, $2, $3)", [
      id,
      from,
      sha256,
    ]);
  }

  async #join({ id }: Upload): Promise<BlobInfo> {
    const parts = await this.#parts(id);
    const blobs = this.#blobs;
    return blobs.put(
      (async function* () {
        for (const sha256 of parts) {
          const blob = await blobs.open(sha256);
          if (!blob) throw new AppError("not_found", "part of the upload is gone: send it again");
          let skipped = 0;
          for await (const chunk of blob.stream) {
            const rest = chunk.subarray(Math.min(chunk.length, SALT_BYTES - skipped));
            skipped += chunk.length - rest.length;
            if (rest.length > 0) yield rest;
          }
        }
      })(),
    );
  }

  async #parts(id: string): Promise<string[]> {
    const parts = await this.#database.query<{ sha256: string }>(
      "select sha256 from upload_part where upload_id = $1 order by from_byte",
      [id],
    );
    return parts.map(({ sha256 }) => sha256);
  }

  async #forgetParts(id: string): Promise<void> {
    const parts = await this.#parts(id);
    await this.#database.query("delete from upload_part where upload_id = $1", [id]);
    await this.#record(id);
    for (const sha256 of parts) await this.#blobs.remove(sha256);
  }
}

const columns = `id, owner_id, size_bytes::text as size_bytes, received_bytes::text as received_bytes, sha256, expires_at`;

function toUpload(row: UploadRow): Upload {
  return {
    id: row.id,
    ownerId: row.owner_id,
    sizeBytes: Number(row.size_bytes),
    offset: Number(row.received_bytes),
    sha256: row.sha256,
    expiresAt: row.expires_at,
  };
}

function missing(): AppError {
  return new AppError("not_found", "the upload is not here, or its time is over");
}

function wrongOffset(offset: number): AppError {
  return new AppError("wrong_offset", `the upload has ${offset} bytes: go on from there`, {
    offset,
  });
}

/** Bytes of a request, which ends where the client hangs up, and has no more than it may. */
class Coming implements AsyncIterable<Uint8Array> {
  isTooLong = false;
  readonly #chunks: AsyncIterable<Uint8Array>;
  readonly #most: number;

  constructor(chunks: AsyncIterable<Uint8Array>, most: number) {
    this.#chunks = chunks;
    this.#most = most;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let left = this.#most;
    const iterator = this.#chunks[Symbol.asyncIterator]();
    for (;;) {
      const next = await iterator.next().catch(() => null);
      if (!next || next.done) return;
      this.isTooLong = next.value.length > left;
      if (this.isTooLong) return;
      left -= next.value.length;
      yield next.value;
    }
  }
}
