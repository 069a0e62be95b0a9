import type { Format } from "../../../words/format";

/** What is said to begin with, in English. */
export function english(f: Format) {
  return {
    lately: {
      last: "Where you were",
      goOn: "Go on where you were",
      chooseAgain:
        "Choose or drop the same file again: this browser does not let the page open it by itself. What you chose for it is kept.",
      forget: "Forget",
      forgetRun: (island: string, time: string) => `Forget ${island}, ${time}`,
      title: (runs: number) => `Lately: ${f.counted(runs, "prediction", "predictions")}`,
      kept: "Kept in this browser and never sent. The tables themselves are not.",
      rows: (count: number) => f.counted(count, "row", "rows"),
      models: (count: number) => f.counted(count, "model", "models"),
      details: "Models, and what was sent",
      nothingSent: "Nothing was sent.",
      sent: "This was sent:",
    },
    start: {
      title: "Drop your data; models that learnt from data like it come to you.",
      lead: "They run in this tab. Your rows never leave it.",
      drop: "Drop data here",
      choose: "Choose a file",
      or: "or choose a file, or paste",
      formats:
        "Tables: CSV, Excel, Parquet, JSON, Arrow, NumPy and more. Texts: a column of a table, .txt, JSON lines. Pictures: JPEG, PNG, WebP and more. Also zipped",
      folder: "Choose a folder of pictures",
      aFolder: "Folder",
      choseNothing: "Nothing was read: no folder was chosen, or there is no file in it.",
      several: "files",
      dropNow: "Drop it anywhere",
      paste: "Paste a table as text",
      pasteLabel: "Rows of text, one line each, the first with the column names",
      pasteUse: "Use this text",
      pastedName: "pasted.csv",
      sea: "Sea chart of the models on this server; a table that is nobody's sails to its nearest.",
      samples: "Nothing at hand? Try",
      synthetic: "data of our own making",
      surplus: (count: number) =>
        count === 1
          ? "One more file was dropped. Berth reads one at a time, so it was left alone."
          : `${count} more files were dropped. Berth reads one at a time, so they were left alone.`,
      plainHttp:
        "This page came over plain http. Your rows stay in this tab all the same, but whoever is on the way between you and this server could see what is sent, or change the page. Use an https address where that matters.",
      reading: (file: string) => `Reading ${file}`,
      staysAndLeaves: "What stays and what leaves",
      stays: "What stays in this tab",
      staysItems: [
        "Your files, their names and every row, text and picture",
        "Column names, and how you matched them",
        "Models come here and run here; predictions are made here",
      ],
      leaves: "What is sent to the server",
      leavesItems: [
        "As you choose: a summary of your rows, one with noise added, or nothing about your table",
        "Which kind of data it is and, with a summary, a row count rounded down to two figures",
        "Words and filters that you search by, if you enter any",
        "Which models you download",
      ],
      fetchesItems: [
        "Nothing about your table, and no words that you search by: this server is plain files, and every search is made in this tab",
        "Which descriptions and models you download",
      ],
      honest:
        "A summary still reveals something: it tells roughly where your data lie. It is checked before it is sent, so that no point coincides with a row or stands for fewer than five, and you can see it byte for byte first.",
    },
  };
}

export type StartWords = ReturnType<typeof english>;
