import { englishMessages } from "./english-messages";
import type { Format } from "./format";

/** The words that all screens share, in English. `Words` is what another language must say as well. */
export function english(f: Format) {
  return {
    name: "Berth",
    skip: "Skip to the content",
    language: "Language",
    themeTo: (dark: boolean): string =>
      dark ? "Switch to the dark theme" : "Switch to the light theme",
    cancel: "Cancel",
    retry: "Try again",
    copy: "Copy",
    copied: "Copied",
    translated:
      "Something translated this page, and that was undone: what it shows would have stopped changing. Berth speaks English and 中文, to be chosen at the top.",
    progress: (percent: number) => `${f.integer(percent)} %`,
    remaining: (seconds: number) =>
      seconds < 60
        ? `about ${f.counted(seconds, "second", "seconds")} left`
        : `about ${f.counted(Math.round(seconds / 60), "minute", "minutes")} left`,
    page: (page: number, pages: number) => `Page ${f.integer(page)} of ${f.integer(pages)}`,
    previous: "Previous",
    next: "Next",
    filter: "Filter by name",
    noneOfThatName: "Nothing has a name like that.",
    row: "row",
    moreColumns: (count: number) => `${f.counted(count, "more column", "more columns")} not shown`,
    footer: {
      label: "About this tab",
      compute: "Computing with",
      computes: { webgpu: "WebGPU", wasm: "WASM", typescript: "plain JavaScript" },
      notYet: "chosen at the first search",
      isolated: (yes: boolean): string =>
        yes ? "Cross-origin isolated" : "Not cross-origin isolated",
      isolatedWhy: (yes: boolean): string =>
        yes
          ? "no other site shares this tab’s memory"
          : "the server did not ask the browser for it",
      clear: "Clear all local data",
      cleared:
        "Downloaded models, settings and the record of ε were removed from this browser, and it has a new key. An outline sent from now on shows another half of the same rows.",
    },
    messages: englishMessages,
  };
}

export type Words = ReturnType<typeof english>;
