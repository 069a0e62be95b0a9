import type { LearnwareCard } from "../../contracts/http/dock-api";
import type { Language } from "./format";

/** What a model says of itself, in the reader's language where it says it in that. */
export function saidIn(
  language: Language,
  { name, description, translations }: Pick<LearnwareCard, "name" | "description" | "translations">,
): { readonly name: string; readonly description: string } {
  return (language === "zh" ? translations?.zh : undefined) ?? { name, description };
}
