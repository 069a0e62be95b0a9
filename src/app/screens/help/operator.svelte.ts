import type { Language } from "../../words/format";

const NAMES = ["privacy", "terms"] as const;
export type OperatorText = (typeof NAMES)[number];

/** What whoever runs the server says of it: files beside the page, shown as text whatever is in them. */
export class OperatorTexts {
  #texts = $state.raw<Readonly<Partial<Record<string, string>>>>({});

  /** Paragraphs; none if nothing was written. */
  paragraphs(name: OperatorText, language: Language): readonly string[] {
    const text = this.#texts[`${name}.${language}`] ?? "";
    return text
      .replace(/<!--[\s\S]*?-->/g, "")
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== "");
  }

  async load(language: Language): Promise<void> {
    const files = NAMES.map((name) => `${name}.${language}`).filter(
      (file) => this.#texts[file] === undefined,
    );
    if (files.length === 0) return;
    const read = await Promise.all(
      files.map(async (file) => [file, await fetchText(file)] as const),
    );
    this.#texts = { ...this.#texts, ...Object.fromEntries(read) };
  }
}

/** Empty if there is none, or it is not a text: many hosts answer with their own page. */
async function fetchText(file: string): Promise<string> {
  try {
    const answer = await fetch(`${import.meta.env.BASE_URL}operator/${file}.md`);
    const isPage = answer.headers.get("Content-Type")?.includes("html") ?? false;
    return answer.ok && !isPage ? (await answer.text()).slice(0, 50_000) : "";
  } catch {
    return "";
  }
}
