import { Health, type Registration } from "../../contracts/http/dock-api";
import { AppError, type ErrorCode } from "../../contracts/outcome";
import { StaticIndex, staticPaths } from "../../contracts/static/static-dock";
import { ask, type Fetching } from "./ask";
import { readJson, type Schema } from "./read-answer";
import { statusProblem } from "./status-problem";

/** A dock that answered. */
export interface FoundDock {
  /** One that runs, or one of plain files. */
  readonly kind: "api" | "static";
  /** What its own paths are below; with a slash at its end. */
  readonly base: string;
  /** What it calls itself. */
  readonly name: string | null;
  readonly islands: number;
  /** Who gets an account there; null where it has none. */
  readonly registration: Registration | null;
}

/** What is said where a dock may still be of another kind; hosts of files refuse what is no file of theirs. */
const elsewhere: ReadonlySet<ErrorCode> = new Set(["not_found", "bad_answer", "network_failed"]);
/** Where an export with the page puts the dock. */
const BESIDE_PAGE = "dock/";

/**
 * The dock at an address, which may be that of its page. Only asks what it is.
 *
 * @param base - Absolute, with a slash at its end.
 * @throws AppError `not_found` if what answers is no dock; else why nothing does.
 */
export async function findDock(base: string, fetching: Fetching = {}): Promise<FoundDock> {
  const failures: AppError[] = [];
  const attempt = async (find: () => Promise<FoundDock>): Promise<FoundDock | null> => {
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof AppError) || !elsewhere.has(error.code)) throw error;
      failures.push(error);
      return null;
    }
  };
  const found =
    (await attempt(() => running(base, fetching))) ??
    (await attempt(() => ofFiles(base, fetching))) ??
    (await attempt(() => ofFiles(base + BESIDE_PAGE, fetching)));
  if (found) return found;
  const isSilent = failures.every(({ code }) => code === "network_failed");
  throw isSilent ? failures[0]! : new AppError("not_found", `there is no dock at ${base}`);
}

async function running(base: string, fetching: Fetching): Promise<FoundDock> {
  const said = await read(`${base}api/v1/healthz`, Health, fetching);
  const { name = null, islands, registration = null } = said;
  return { kind: "api", base, name, islands, registration };
}

async function ofFiles(base: string, fetching: Fetching): Promise<FoundDock> {
  const { name = null, islands } = await read(base + staticPaths.index, StaticIndex, fetching);
  return { kind: "static", base, name, islands: islands.length, registration: null };
}

function read<T>(url: string, schema: Schema<T>, fetching: Fetching): Promise<T> {
  return ask(url, { cache: "no-cache" }, fetching, async (answer) => {
    if (!answer.ok) throw statusProblem(answer.status, answer.headers);
    return readJson(answer, schema, url);
  });
}
