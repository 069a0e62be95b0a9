import { AppError } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";
import type { Check, Finding } from "../../engine/verify/check";
import type { PackageParts } from "../../engine/verify/read-package";
import type { Intake } from "../intake/intake";
import type { BlobInfo, BlobStore } from "../storage/blobs/blob-store";
import { accountOrigin, type LearnwareStore } from "../storage/learnware-store";
import type { SqlRecords } from "../storage/sql/sql-records";
import type { SubmissionRecord, Submissions } from "../storage/submissions/submissions";
import type { Verifier } from "../verify/verifier";
import type { JobContext } from "./job-runner";
import { everySoOften } from "./every-so-often";
import { readableId } from "./readable-id";

interface VerificationParts {
  readonly submissions: Submissions;
  readonly store: Pick<LearnwareStore, "spaceVersions" | "find">;
  readonly records: Pick<SqlRecords, "find" | "idsOfPackage">;
  readonly blobs: Pick<BlobStore, "open" | "put">;
  readonly intake: Pick<Intake, "takeVerified">;
  readonly verifier: Verifier;
}

/** Verifies what was submitted, and lets it in. One that was interrupted begins anew, and one that is over stays as it is. */
export class Verification {
  readonly #parts: VerificationParts;

  constructor(parts: VerificationParts) {
    this.#parts = parts;
  }

  async run(subject: string, { keep }: JobContext): Promise<void> {
    const { submissions, verifier, store, blobs } = this.#parts;
    const number = Number(subject);
    const found = await submissions.find(number);
    if (found?.state !== "waiting" && found?.state !== "running") return;
    const checks: Check[] = [];
    await submissions.note(number, "running", checks);
    const zip = await blobs.open(found.sha256);
    if (!zip) throw new AppError("internal", `the zip of submission ${number} is gone`);
    let info: BlobInfo = found;
    const parts = await verifier.verify({
      zip: zip.stream,
      edit: found.edit,
      keep: everySoOften(keep),
      onCheck: async (check) => {
        checks.push(check);
        await submissions.note(number, "running", checks);
      },
      onEdited: async (edited) => {
        info = await blobs.put(edited);
      },
      findSpace: async (id, version) => {
        const versions = await store.spaceVersions(id);
        return versions.find((space) => space.version === version) ?? null;
      },
    });
    await keep();
    if (!parts) return submissions.note(number, "refused", checks);
    try {
      const id = await this.#take(found, parts, info);
      await submissions.note(number, "verified", checks, id);
    } catch (error) {
      checks.push(lastCheck(error));
      await submissions.note(number, "refused", checks);
    }
  }

  /** @returns The id that it has now. */
  async #take(found: SubmissionRecord, parts: PackageParts, info: BlobInfo): Promise<string> {
    const { intake, records } = this.#parts;
    const { ownerId, learnwareId, islandId } = found;
    const [twin] = (await records.idsOfPackage(info.sha256)).filter((id) => id !== learnwareId);
    if (twin !== undefined && !(await this.#isOurs(found, twin))) {
      throw new AppError("already_there", `the same zip is here already, as ${twin}`);
    }
    const id =
      learnwareId ??
      twin ??
      (await readableId(parts.manifest.name, found.number, async (one) => {
        return (await records.find([one])).length === 0;
      }));
    const origin = accountOrigin(ownerId);
    await intake.takeVerified({
      id,
      parts,
      info,
      origin,
      ownerId,
      islandId: islandId ?? undefined,
    });
    return id;
  }

  /** An interrupted job had let it in already. */
  async #isOurs({ learnwareId, ownerId, edit }: SubmissionRecord, twin: string): Promise<boolean> {
    if (learnwareId !== null || edit) return false;
    const [record] = await this.#parts.records.find([twin]);
    return record?.origin === accountOrigin(ownerId) && record.deletedAt === null;
  }
}

/** What the dock itself says of one that fits nowhere here. */
function lastCheck(error: unknown): Check {
  if (!(error instanceof AppError || error instanceof EngineError)) throw error;
  if (error.code === "internal" || error.code === "network_failed") throw error;
  const { message, details } = error;
  const code = error instanceof EngineError ? error.code : findingOf(error);
  return { id: "island", state: "refused", code, message, details, seconds: 0 };
}

function findingOf({ code, details }: AppError): Finding {
  if (code !== "already_there") return "does_not_fit";
  return "copyOf" in details ? "copied" : "here_already";
}
