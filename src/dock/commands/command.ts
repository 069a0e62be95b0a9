import { resolve } from "node:path";

import { AppError } from "../../contracts/outcome";
import { explainFailure } from "../settings";
import { openParts, type StorageOptions, type StorageParts } from "../storage/open-parts";
import type { RebuildEvent } from "../storage/records/reindex";

/** What commands and the server have in common. */
interface CommandSettings extends StorageOptions {
  readonly port: number;
  readonly name?: string | undefined;
  readonly docks: readonly string[];
  readonly publicUrl?: string | undefined;
}

/** Whoever gave a command: in the terminal of this process, or of one that asks a running dock. */
export interface Terminal {
  /** Where paths begin that are given without their whole. */
  readonly folder: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Not all went well: the exit code is to be 1. */
  readonly fail: () => void;
  /** Ends when whoever gave the command has gone. */
  readonly signal: AbortSignal;
}

export interface CommandContext {
  readonly settings: CommandSettings;
  readonly terminal: Terminal;
  /** The dock, where it runs in this process. */
  readonly running?: StorageParts | undefined;
}

/** A command of `berth dock`. */
export interface DockCommand {
  readonly about: string;
  readonly usage: string;
  readonly run: (args: string[], context: CommandContext) => Promise<void>;
}

/**
 * The dock, for as long as some work takes: the one that runs, or one that is opened.
 *
 * @throws AppError with what a person can do about a dock that does not open.
 */
export async function withDock<T>(
  { settings, terminal, running }: CommandContext,
  work: (parts: StorageParts) => Promise<T>,
  options: { readonly rebuild?: boolean } = {},
): Promise<T> {
  return explained(settings, async () => {
    if (running) return work(running);
    const onRebuild = (event: RebuildEvent) => tellRebuild(event, terminal);
    const parts = await openParts({ ...settings, ...options, onRebuild });
    try {
      return await work(parts);
    } finally {
      await parts.close();
    }
  });
}

/** @throws AppError with what a person can do about what went wrong with a dock. */
export async function explained<T>(settings: CommandSettings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = explainFailure(cause, settings);
    throw message === null ? cause : new AppError("bad_input", message, {}, { cause });
  }
}

/** A path as the one who gave the command means it. */
export function pathOf({ terminal }: CommandContext, path: string): string {
  return terminal.folder === process.cwd() ? path : resolve(terminal.folder, path);
}

/** @throws AppError `bad_input` telling how the command is used. */
export function usageError(usage: string): AppError {
  return new AppError("bad_input", `it is used like this:\n\n${usage}`);
}

export function tellRebuild(event: RebuildEvent, { err, fail }: Terminal): void {
  switch (event.kind) {
    case "begun":
      err(
        `building the database from the records of ${event.learnwares} learnwares and ${event.islands} versions of islands`,
      );
      break;
    case "progress":
      err(`[${event.done}/${event.total}] brought back`);
      break;
    case "lost":
      err(`cannot bring back ${event.what}: ${event.problem}`);
      break;
    case "done":
      err(`${event.learnwares} learnwares are back; problems: ${event.lost}`);
      if (event.lost > 0) fail();
  }
}
