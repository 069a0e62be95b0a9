import type { ErrorCode } from "../contracts/outcome";
import type { ErrorDetails } from "../engine/ground/errors";
import type { Problem } from "./problem";
import { chineseMessages } from "./words/chinese-messages";
import { englishMessages } from "./words/english-messages";
import type { Language } from "./words/format";

/** What happened, why, and what to do about it. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
}

/** Null: the user stopped it, so nothing is to be said. */
export type Messages = Record<ErrorCode, ((details: ErrorDetails) => Message) | null>;

export const MESSAGES: Record<Language, Messages> = { en: englishMessages, zh: chineseMessages };

export function messageFor({ code, details }: Problem, language: Language): Message | null {
  return MESSAGES[language][code]?.(details) ?? null;
}
