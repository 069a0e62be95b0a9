import type { Format } from "../../../words/format";
import { english as fields } from "../fields/english";

/** What is said of what somebody shares, in English. */
export function english(f: Format) {
  return {
    title: "Yours",
    lead: "The models that you share here, and what became of what you handed in.",
    loading: "Fetching what is yours",
    learnwares: "Models that you share",
    none: "You share none yet.",
    share: "Share a model",
    more: "More",
    version: (version: number) => `version ${f.integer(version)}`,
    downloads: (count: number) => f.counted(count, "download", "downloads"),
    changed: (date: string) => `changed ${date}`,
    gone: (date: string) => `taken out ${date}; forgotten 30 days later`,
    edit: "Other words",
    editOf: (name: string) => `Other words for ${name}`,
    editWhat:
      "The server packs the same model with these words, verifies it, and makes it the next version. Until then the one that is there answers. Translations of what you changed are left out.",
    fields: fields(),
    save: "Save",
    leave: "Leave it as it is",
    newVersion: "New version",
    newVersionOf: (name: string) => `New version of ${name}`,
    remove: "Take out",
    removeOf: (name: string) => `Take ${name} out`,
    removeAsk: (name: string) => `Take “${name}” out?`,
    removeWhat:
      "Nobody finds it from now on, and after 30 days the server forgets it. Whoever has downloaded it keeps it.",
    removeYes: "Take it out",
    handed: "What you handed in",
    nothingHanded: "Nothing yet.",
    number: (number: number) => `No. ${number}`,
    states: {
      waiting: "waits",
      running: "is being verified",
      verified: "verified",
      refused: "refused",
    },
    report: "The checks",
  };
}

export type MineWords = ReturnType<typeof english>;
