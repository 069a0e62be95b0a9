/** What is said to begin with, in English. */
export function english() {
  return {
    start: {
      title: "Predictions for your table, without handing it over",
      lead: "Drop a table. Berth finds trained models that learnt from data like yours, runs them in this tab, and gives you the table back with predictions.",
      drop: "Drop a table here",
      or: "or click to choose a file",
      formats: "CSV, TSV or text, also gzip-compressed. You can paste a table too.",
      dropNow: "Drop it anywhere",
      paste: "Paste a table as text",
      pasteLabel: "Rows of text, one line each, the first with the column names",
      pasteUse: "Use this text",
      pastedName: "pasted.csv",
      samples: "No file at hand? Try a sample",
      synthetic: "made-up data",
      surplus: (count: number) =>
        count === 1
          ? "One more file was dropped. Berth reads one at a time, so it was left alone."
          : `${count} more files were dropped. Berth reads one at a time, so they were left alone.`,
      plainHttp:
        "This page came over plain http. Your rows stay in this tab all the same, but whoever is on the way between you and this server could see what is sent, or change the page. Use an https address where that matters.",
      another: "Use another file",
      reading: (file: string) => `Reading ${file}`,
      current: (file: string) => `Your table: ${file}`,
      staysAndLeaves: "What stays and what leaves",
      stays: "What stays in this tab",
      staysItems: [
        "Your file, its name and every row",
        "Column names, and how you matched them",
        "Models come here and run here; predictions are made here",
      ],
      leaves: "What is sent to the dock",
      leavesItems: [
        "As you choose: an outline of made-up points, one hidden in noise, or nothing about your table",
        "With an outline, a row count rounded down to two figures",
        "Words and filters that you search by, if you enter any",
        "Which learnwares you download",
      ],
      fetchesItems: [
        "Nothing about your table, and no words that you search by: this dock is plain files, and every search is made in this tab",
        "Which descriptions and models you download",
      ],
      honest:
        "An outline is not nothing: it tells roughly where your data lie. It is checked before it is sent, so that no point coincides with a row or stands for fewer than five, and you can see it byte for byte first.",
    },
  };
}

export type StartWords = ReturnType<typeof english>;
