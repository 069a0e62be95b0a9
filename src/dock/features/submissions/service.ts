import type { LearnwareEdit, NewSubmission, Submission } from "../../../contracts/http/my-api";
import { AppError } from "../../../contracts/outcome";
import type { LearnwareReader } from "../../storage/learnware-store";
import type { SubmissionRecord, Submissions } from "../../storage/submissions/submissions";
import type { Uploads } from "../../storage/uploads/uploads";

export interface SubmissionParts {
  readonly submissions: Submissions;
  readonly uploads: Pick<Uploads, "find" | "remove">;
  readonly store: Pick<LearnwareReader, "find" | "originsOf">;
  /** The learnwares that are there now as one package. */
  readonly idsOfPackage: (sha256: string) => Promise<string[]>;
  /** Account that a learnware belongs to; null if to none, undefined if there is none. */
  readonly ownerOf: (id: string) => Promise<string | null | undefined>;
  /** Has it verified when it is its turn. */
  readonly ask: (number: number) => Promise<void>;
  /** Takes a learnware out of the dock. */
  readonly remove: (id: string) => Promise<boolean>;
}

const MOST_LISTED = 200;

/** What people hand in. Whose a submission or learnware in the address is has been looked at before. */
export class SubmissionService {
  readonly #parts: SubmissionParts;

  constructor(parts: SubmissionParts) {
    this.#parts = parts;
  }

  /**
   * @throws AppError `not_found` if there is no such upload of this account; `wrong_offset` if it is not finished;
   *   `already_there` if the same zip is here, or the id somebody else's; `quota_full`.
   */
  async create(accountId: string, isAdmin: boolean, given: NewSubmission): Promise<Submission> {
    const { uploads, submissions } = this.#parts;
    const { uploadId, learnwareId = null, islandId = null } = given;
    const upload = await uploads.find(uploadId);
    if (upload?.ownerId !== accountId) {
      throw new AppError("not_found", "the upload is not here, or its time is over");
    }
    const { sha256, sizeBytes } = upload;
    if (sha256 === null) {
      throw new AppError("wrong_offset", "the upload is not finished: finish it first", {
        offset: upload.offset,
      });
    }
    const ownerId =
      learnwareId === null ? accountId : await this.#ownerFor(learnwareId, accountId, isAdmin);
    await this.#refuseTwins(sha256, learnwareId);
    const created = await submissions.create({
      ...{ ownerId, learnwareId, islandId, sha256, sizeBytes },
      edit: null,
    });
    await uploads.remove(uploadId);
    await this.#parts.ask(created.number);
    return shown(created);
  }

  /**
   * Has a learnware packed anew with other words.
   *
   * @throws AppError `not_found`; `quota_full`.
   */
  async edit(id: string, edit: LearnwareEdit): Promise<Submission> {
    const { store, submissions } = this.#parts;
    const card = await store.find(id);
    const ownerId = await this.#parts.ownerOf(id);
    if (!card || typeof ownerId !== "string") {
      throw new AppError("not_found", "no account has a learnware of this id");
    }
    const { sha256, sizeBytes } = card;
    const about = { ownerId, learnwareId: id, islandId: card.islandId, sha256, sizeBytes };
    const created = await submissions.create({ ...about, edit });
    await this.#parts.ask(created.number);
    return shown(created);
  }

  /** @throws AppError `not_found` */
  async find(number: number): Promise<Submission> {
    const found = await this.#parts.submissions.find(number);
    if (found) return shown(found);
    throw new AppError("not_found", "nothing was handed in under this number");
  }

  /** Newest first. */
  async list(accountId: string): Promise<Submission[]> {
    return (await this.#parts.submissions.list(accountId, MOST_LISTED)).map(shown);
  }

  /** @throws AppError `not_found` */
  async remove(id: string): Promise<void> {
    if (await this.#parts.remove(id)) return;
    throw new AppError("not_found", "no learnware has this id");
  }

  /** Whose a version of this learnware is to be: its owner's, also if an admin sends it. */
  async #ownerFor(id: string, accountId: string, isAdmin: boolean): Promise<string> {
    const owner = await this.#parts.ownerOf(id);
    if (owner === accountId || owner === undefined) return accountId;
    if (isAdmin && owner !== null) return owner;
    throw new AppError("already_there", `the id ${id} is somebody else's; take another`);
  }

  async #refuseTwins(sha256: string, learnwareId: string | null): Promise<void> {
    const ids = await this.#parts.idsOfPackage(sha256);
    const [twin] = ids;
    if (twin !== undefined) {
      const where = ids.includes(learnwareId ?? "") ? learnwareId! : twin;
      throw new AppError("already_there", `the same zip is here already, as ${where}`, {
        learnware: where,
      });
    }
    const waiting = await this.#parts.submissions.openOf(sha256);
    if (!waiting) return;
    throw new AppError("already_there", "the same zip waits to be verified already");
  }
}

function shown(record: SubmissionRecord): Submission {
  const { number, learnwareId, state, checks, sha256, sizeBytes, createdAt, updatedAt } = record;
  return {
    ...{ number, learnwareId, state, sha256, sizeBytes },
    checks: checks.map((check) => ({ ...check, details: { ...check.details } })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
