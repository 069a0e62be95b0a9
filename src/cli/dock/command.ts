import { AppError } from "../../contracts/outcome";
import { openParts, type StorageParts } from "../../dock/storage/open-parts";
import type { RebuildEvent } from "../../dock/storage/records/reindex";
import { type DockSettings, explainFailure } from "../../dock/settings";

/** A command of `berth dock`. */
export interface DockCommand {
  readonly about: string;
  readonly usage: string;
  readonly run: (args: string[], settings: DockSettings) => Promise<void>;
}

/**
 * Open the dock that the settings name for as long as some work takes.
 *
 * @throws AppError with what a person can do about a dock that does not open.
 */
export async function withDock<T>(
  settings: DockSettings,
  work: (parts: StorageParts) => Promise<T>,
  options: { readonly rebuild?: boolean } = {},
): Promise<T> {
  try {
    const parts = await openParts({ ...settings, ...options, onRebuild: tellRebuild });
    try {
      return await work(parts);
    } finally {
      await parts.close();
    }
  } catch (cause) {
    const explained = explainFailure(cause, settings);
    throw explained === null ? cause : new AppError("bad_input", explained, {}, { cause });
  }
}

/** @throws AppError `bad_input` telling how the command is used. */
export function usageError(usage: string): AppError {
  return new AppError("bad_input", `it is used like this:\n\n${usage}`);
}

function tellRebuild(event: RebuildEvent): void {
  switch (event.kind) {
    case "begun":
      console.error(
        `building the database from the records of ${event.learnwares} learnwares and ${event.islands} versions of islands`,
      );
      break;
    case "progress":
      console.error(`[${event.done}/${event.total}] brought back`);
      break;
    case "lost":
      console.error(`cannot bring back ${event.what}: ${event.problem}`);
      break;
    case "done":
      console.error(`${event.learnwares} learnwares are back; problems: ${event.lost}`);
      if (event.lost > 0) process.exitCode = 1;
  }
}
