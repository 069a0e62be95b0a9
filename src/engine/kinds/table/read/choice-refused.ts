import { EngineError } from "../../../ground/errors";

/** What a user can tell of how a file is to be read, as the command line names it. */
type Setting = "header" | "first-row" | "rows" | "encoding" | "type" | "sheet";

/**
 * The refusal of what a user told and the file does not allow.
 *
 * @param told - As it was told.
 * @param why - What there is instead, in a few words.
 */
export function choiceRefused(setting: Setting, told: string | number, why: string): EngineError {
  return new EngineError("choice_not_possible", `${setting} ${told}: ${why}`, {
    ...{ setting, told, why },
  });
}
