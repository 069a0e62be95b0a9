import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";

import { staticPaths } from "../../contracts/static/static-dock";
import { createDock, MOST_BODY_BYTES } from "../dock";
import { importStatic, STARTER } from "../mirror/import-static";
import { type BackupSchedule, SCHEDULED, ScheduledBackup } from "../backup/scheduled-backup";
import { collect } from "../jobs/collect";
import { ChartDrawing } from "../jobs/draw-chart";
import { type JobContext, JobRunner } from "../jobs/job-runner";
import { RedundancyMarks } from "../jobs/mark-redundant";
import { ReEstimation } from "../jobs/re-estimate";
import { Verification } from "../jobs/verify-submission";
import { Verifier } from "../verify/verifier";
import { openCommands } from "../commands/socket/command-server";
import { holdsDirectory, openParts, type StorageOptions } from "../storage/open-parts";
import type { DockLimits } from "../http/dock-limits";
import { Metrics } from "../http/metrics";
import { AppError } from "../../contracts/outcome";
import { makeAdminLink } from "../accounts/admin-link";
import { openPost } from "../accounts/letters/open-post";
import type { Registration } from "../../contracts/http/dock-api";
import { type Log, logFailure } from "../http/request-log";
import { UseCounts } from "../storage/sql/use-counts";
import { listener } from "./listener";
import { DockServer } from "./server";
import { staticFiles } from "./static-files";
import { directorySource } from "../mirror/static-source";
import { openVite } from "./vite-dev";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface DockOptions extends StorageOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** An address of this machine; all of them unless told. */
  readonly host?: string | undefined;
  readonly sockets: number;
  readonly limits: DockLimits;
  /** The learnwares to begin with; may be missing. */
  readonly starterDirectory: string;
  /** They are those that come with the app. */
  readonly isShippedStarter?: boolean;
  readonly name?: string | undefined;
  /** Origins of other docks that the page may ask. */
  readonly docks: readonly string[];
  /** Origins whose pages may ask this dock; `*` for all. */
  readonly pages: readonly string[];
  /** The built app; without it only the API is served. */
  readonly appDirectory?: string;
  /** Serve the app from its source, with reload, in place of `appDirectory`. */
  readonly dev?: boolean;
  /** Where people find the dock, in links and as the only origin whose pages may log in. */
  readonly publicUrl?: string | undefined;
  readonly registration: Registration;
  /** The mail server for letters, and the address that they come from. */
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
  /** Told the link with which somebody becomes the first to look after the dock. */
  readonly onNoAdmin?: (link: string) => void;
  /** Submissions that are verified at once; with none, others do so. */
  readonly verifiers: number;
  /** Backups that are made by themselves. */
  readonly backup?: BackupSchedule | undefined;
  readonly log: Log;
}

export interface RunningDock {
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets running ones end, closes the store and gives the directory back. */
  close(): Promise<void>;
}

/** Open everything a dock needs, import the starter and answer requests; all of it or nothing. */
export async function startDock(options: DockOptions): Promise<RunningDock> {
  const { starterDirectory, appDirectory, docks, log } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const server = new DockServer(options.sockets);
    const port = await listen(server.http, options); // Before the slow parts: a port in use shows at once.
    undo.push(() => stop(server.http));
    const parts = await openParts({
      ...options,
      onRebuild: (event) => log.info({ rebuild: event }),
    });
    undo.splice(0, 0, () => parts.close()); // The last thing to be closed.
    if (await parts.jobs.has("restore")) {
      const message = "a restore into this database broke off: empty it, and restore again";
      throw new AppError("bad_input", message);
    }
    const { store, blobs, jobs, describer, models, intake, records, uploads, submissions } = parts;
    if (existsSync(join(starterDirectory, staticPaths.index))) {
      const starter = directorySource(starterDirectory);
      const starting = {
        origin: STARTER,
        areShipped: options.isShippedStarter ?? false,
        onRefused: (id: string, reason: string) => log.error({ refused: id, reason }),
      };
      log.info({ starter: await importStatic(starter, parts, starting) });
    }
    await jobs.ask("draw-chart", "dock");
    await jobs.ask("collect", "dock");
    const reEstimation = new ReEstimation({ store, blobs, describer });
    const marks = new RedundancyMarks({ store, blobs, describer, models });
    const drawing = new ChartDrawing({ store });
    const runner = new JobRunner(
      jobs,
      {
        "re-estimate": async (spaceId, context) => {
          await reEstimation.run(spaceId, context);
          await jobs.ask("draw-chart", "dock");
        },
        "draw-chart": async (_, context) => {
          await drawing.run(context);
        },
        collect: async (subject, context) => {
          const isHeld = () => jobs.isRunning("backup");
          const isDone = await collect(store, blobs, uploads, { ...context, isHeld });
          if (!isDone)
            log.info({
              collect:
                "put off: the clock has moved far or never ran here, or a backup is being made",
            });
          for (const { id } of await store.islands()) await jobs.ask("mark-redundant", id);
          await jobs.ask("collect", subject, (await isHeld()) ? HOUR_MS : DAY_MS);
        },
        "mark-redundant": async (islandId, context) => {
          const isDone = await marks.run(islandId, context);
          if (!isDone) await jobs.ask("mark-redundant", islandId);
        },
      },
      log,
    );
    undo.push(() => runner.stop());
    const verification = new Verification({
      ...{ submissions, store, records, blobs, intake },
      verifier: new Verifier(),
    });
    for (const number of await submissions.open()) await jobs.ask("verify", String(number));
    for (let i = 0; i < options.verifiers; i++) {
      const verify = (number: string, context: JobContext) => verification.run(number, context);
      const verifying = new JobRunner(jobs, { verify }, log);
      undo.push(() => verifying.stop());
    }

    const app = appDirectory === undefined ? undefined : await staticFiles(appDirectory, docks);
    const metrics = new Metrics();
    metrics.gauge("berth_sockets", "Open connections.", () => server.sockets);
    const { backup: schedule } = options;
    if (schedule) {
      const backups = new ScheduledBackup({ ...parts, schedule, log });
      await jobs.ask("backup", SCHEDULED);
      const run = (subject: string, context: JobContext) => backups.run(subject, context);
      const making = new JobRunner(jobs, { backup: run }, log);
      undo.push(() => making.stop());
      const about = "Seconds since the last backup that is whole.";
      metrics.gauge("berth_backup_age_seconds", about, () => backups.ageSeconds);
    }
    const { limits, name, pages } = options;
    const shown = { app, name, docks, pages };
    const uses = new UseCounts(parts.database, (error) => logFailure(log, error));
    undo.push(() => uses.close());
    const url = urlOf(options.host, port);
    const address = { url: options.publicUrl ?? url, isSaid: options.publicUrl !== undefined };
    const people = {
      ...parts,
      registration: options.registration,
      address,
      post: openPost(options, address.url, (line) => log.info({ letter: line })),
      owners: {
        submission: async (number: string) => (await submissions.find(Number(number)))?.ownerId,
        upload: async (id: string) => (await uploads.find(id))?.ownerId,
      },
    };
    const sharing = {
      ...{ uploads, submissions, store },
      idsOfPackage: (sha256: string) => records.idsOfPackage(sha256),
      ownerOf: (id: string) => parts.overview.ownerOf(id),
      ask: (number: number) => jobs.ask("verify", String(number)),
      remove: (id: string) => intake.remove(id),
    };
    const dock = createDock({
      store,
      blobs,
      describer,
      log,
      limits,
      metrics,
      people,
      sharing,
      uses,
      ...shown,
    });
    const answerApi = listener(dock.fetch, MOST_BODY_BYTES);
    if (options.dev) {
      const vite = await openVite(server.http, answerApi);
      undo.push(() => vite.close());
      server.answer = vite.answer;
    } else {
      server.answer = answerApi;
    }
    if (holdsDirectory(options)) {
      const context = { settings: options, running: parts };
      undo.push(await openCommands(context, log));
    }
    if ((await parts.accounts.countAdmins()) === 0) {
      options.onNoAdmin?.(await makeAdminLink(parts.accounts, address.url));
    }
    return { url, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where a person on this machine finds it. */
function urlOf(host = "", port: number): string {
  const isEverywhere = ["", "0.0.0.0", "::"].includes(host);
  const name = isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function listen(
  server: Server,
  { port, host }: Pick<DockOptions, "port" | "host">,
): Promise<number> {
  server.listen({ port, ...(host !== undefined && { host }) });
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** Let running requests end, for five seconds; connections that only wait are cut at once. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearTimeout(cut);
}
