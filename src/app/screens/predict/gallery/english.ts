import type { Format } from "../../../words/format";

/** What is said of pictures, in English. */
export function english(f: Format) {
  const pictures = (count: number) => f.counted(count, "picture", "pictures");
  return {
    gallery: {
      title: "Pictures",
      pictures,
      size: (count: number, megabytes: number) =>
        `${pictures(count)}, held in this tab as thumbnails of ${f.counted(megabytes, "MB", "MB")} together`,
      folders: (count: number) => f.counted(count, "folder", "folders"),
      dimensions: (width: number | string, height: number | string) => `${width} × ${height}`,
      folder: "Folder",
      allFolders: "All folders",
      folderCount: (name: string, count: number) => `${name} (${f.integer(count)})`,
      refused: (count: number) =>
        count === 1 ? "One file was left out" : `${f.integer(count)} files were left out`,
      refusedMore: (count: number) => `and ${f.counted(count, "more", "more")}`,
      fetching: (done: number, total: number) =>
        `Fetching what looks at pictures: ${f.bytes(done)} of ${f.bytes(total)}, once`,
      lookingAt: (done: number, total: number) =>
        `Looking at the first pictures: ${f.integer(done)} of ${f.integer(total)}`,
      some: "Some of your pictures",
      asModelsGet: "as models get them: the middle of each, upright and small.",
      notDescribed: (count: number) =>
        `${pictures(count)} of one colour ${count === 1 ? "says" : "say"} nothing: left out of what describes your data, and predicted all the same.`,
      views: { gallery: "Pictures", list: "List" },
      view: "Show as",
      label: "Label",
      allLabels: "All labels",
      labelCount: (label: string, count: number) => `${label} (${f.integer(count)})`,
      unsureFirst: "Least certain first",
      noneOfLabel: "No picture has this label now.",
      predicted: "Pictures and what was predicted of them",
      labelOf: (name: string) => `Label of ${name}`,
      labelOfRow: (row: number) => `Label of row ${f.integer(row)}`,
      confirm: "This is right",
      takeBack: "Take back what you said of it",
      confirmOf: (name: string) => `The label of ${name} is right`,
      byHand: "by hand",
      notPredicted: "not predicted",
      sorted: "Pictures sorted into folders (.zip)",
      sorting: "Sorting the pictures",
      sortedSaved: (file: string) =>
        `${file} was handed to your browser: your files as they were, in a folder for each label.`,
      labelledByHand: (count: number) => `${f.integer(count)} labelled by hand`,
      again: "Predict again with these labels",
      predicting: "Predicting with them",
      againWhy:
        "They count as known answers: methods are compared on them, and the models are weighed by them. They stay in this tab.",
    },
  };
}
