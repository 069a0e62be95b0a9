/** What the help says, in English. */
export function english() {
  return {
    title: "Help",
    lead: "How Berth works, what leaves this device, and how far to trust what it shows.",
    search: "Search the help",
    found: (count: number) =>
      count === 0 ? "Nothing here has these words." : count === 1 ? "1 part" : `${count} parts`,
    contents: "Contents",
    pictures: {
      learnware: "A model, and beside it a few points that outline the data it learnt from.",
      leaves:
        "Rows stay in the tab. A summary, if you allow it, goes to the server; models come back.",
      coverage: "Rows within the outline are like those learnt from; two lie outside.",
    } as Record<string, string>,
    parts: [
      {
        id: "learnware",
        title: "What a learnware is",
        picture: "learnware",
        text: [
          "A learnware is a trained model together with a specification: what it is for, and an outline of the data it learnt from. The page calls it a model.",
          "The outline is a few weighted points, not rows. Two outlines can be compared, so models that learnt from data like yours can be found without anybody seeing either.",
        ],
      },
      {
        id: "leaves",
        title: "What leaves this device",
        picture: "leaves",
        text: [
          "Your rows, words, pictures, names of columns and files, and predictions never leave the tab. Models are fetched and run here.",
          "A summary of your rows may leave, if you let it. It is made of a secretly picked half of them, and checked: no point coincides with a row, and none stands for fewer than five. It still tells roughly where your data lie.",
          "“With noise” adds noise that bounds what can be told about any one row. “Nothing leaves” downloads the list and searches in the tab.",
          "The bar at the bottom shows every byte that left.",
        ],
      },
      {
        id: "score",
        title: "How to read a score",
        picture: "coverage",
        text: [
          "Similar: how alike the outline of your rows and that of the model are. 100 % means that they cannot be told apart.",
          "Covered: the share of your rows that resemble rows it was trained on. Doubt the predictions of the others.",
          "The typical error of a model was measured on data of its own maker. On yours it can be larger; name a column with known answers to measure it.",
        ],
      },
      {
        id: "kinds",
        title: "Texts and pictures",
        picture: null,
        text: [
          "Texts are read from a column of a table, from .txt files and from a file with one in each line; pictures from a folder or a zip: PNG, JPEG, WebP, GIF (the first frame), BMP and AVIF, turned as the camera says. Files that are none are named and left out.",
          "Both are placed by an embedder that comes with the page, fetched once when first needed: of English texts what their words mean, of others how they are written, of pictures what the square in their middle looks like. Of a text the first 4000 characters count. A text without a known word or a picture of one colour is not described, but still gets an answer.",
          "What may leave are weights on public points, the same that everybody has. No word and no pixel stands in them.",
          "Models tell classes, and a class that a model does not know counts as nothing there; so those that know more classes weigh more. What predicted texts or pictures together cannot be taken away as one file yet. A model of your own is trained here, of labelled texts or of pictures in folders, and taken away as one file; in a terminal a learnware of them is made: berth train mails.csv --text body --target folder, or berth train photos --target folder, where the folders are the answers. A model of texts holds words of those it learnt from.",
          "Specification files of texts and pictures of the Python package learnware can be compared with each other (berth compare) and may stand in a learnware, where they are kept as they are; your own texts and pictures cannot be described in them, since their embedder is not here.",
        ],
      },
      {
        id: "own",
        title: "A model of your own",
        picture: null,
        text: [
          "Where no model fits your table, or beside those that do, one can be trained here on the rows in which a column is filled. It fills in the others. Your rows do not leave the tab.",
          "How good it is was measured on rows that it had not seen, beside the simplest answer. A column that gives the answer away is named: leave it out if you will not know it beforehand.",
          "It can be used on another file with such columns, kept on this device (what it learned, no row), and taken away: as one file with scripts that run it, and as a learnware that outlines your rows.",
          "In a terminal: berth predict table.csv --own --target COLUMN, with --on OTHER.csv for another file and --export DIR to take it away.",
        ],
      },
      {
        id: "share",
        title: "Share a model",
        picture: null,
        text: [
          "A model that you trained on a table here has “Share …” beside its predictions; a learnware’s zip can be dropped under Share, and so can an ONNX file, with the table that it learnt from. It is checked in this tab just as a server checks it, with its model run, and you see to the byte what would be published. Nothing is sent before you press Publish.",
          "Sharing needs an account, since what is shared has an owner: under Yours you see what became of it, write other words, hand in a new version, or take it out. Whoever has downloaded it keeps it.",
        ],
      },
      {
        id: "convert",
        title: "Make your own model into a learnware",
        picture: null,
        text: [
          "berth train trains a model on a table and makes a learnware of it; berth dock add puts a learnware into a server. Its outline is made on your machine; the rows are not in it.",
          "A model that you have already must be an ONNX file; one of scikit-learn becomes one with skl2onnx, as below. berth pack model.onnx --data train.csv --target COLUMN makes a learnware of it: it finds out how the columns go in and what comes out, and says what it assumed; docs/converting.md has other converters.",
        ],
        code: 'from skl2onnx import to_onnx\n\nonnx = to_onnx(model, X[:1].astype("float32"))\nopen("model.onnx", "wb").write(onnx.SerializeToString())',
      },
      {
        id: "account",
        title: "Accounts and tokens",
        picture: null,
        text: [
          "An account is needed for sharing models alone: the person at the top leads there. Where a server takes people in by invitation, whoever runs it makes a link for you, and you choose a name and a password.",
          "A search, a look at a model and a download never tell who asks, also while you are logged in. Of an account the server keeps the e-mail address, the name, and what cannot be turned back into your password.",
          "A token lets a program do in your name what you let it. It is made under Tokens and shown once; berth login keeps it on your machine.",
        ],
      },
      {
        id: "limits",
        title: "Limits",
        picture: null,
        text: [
          "Tables are read from CSV and other text, Excel (.xlsx) and OpenDocument, Parquet, JSON, Arrow, NumPy, ARFF and SQLite, also within gzip or zip, with a few hundred thousand rows at ease. Old Excel (.xls), SPSS and HDF5 are not read: save such a table as CSV.",
          "A model can be wrong on rows like those it learnt from, and an outline does not show how the answer depends on the columns: models that answer another question on the same columns look alike.",
          "Very small tables are averaged or refused where a summary would say too much.",
          "Nobody has reviewed the models on a server unless its operator says so. They run without network and with a list of allowed operations, but can be bad at their job.",
        ],
      },
      {
        id: "offline",
        title: "Without a network",
        picture: null,
        text: [
          "After the first use the page opens without a network. To be sure that nothing leaves: open “What stayed and what left” at the bottom, fetch everything, use a table like yours once at “Nothing leaves”, switch the network off, and only then open your own.",
        ],
      },
      {
        id: "kept",
        title: "What is kept in this browser",
        picture: null,
        text: [
          "Settings, downloaded models, a secret key, how much of the noise budget was used, the name and size of the last file with what you chose for it and the labels that you gave by hand, and a list of your predictions. The table itself only if you tick “Keep this on this device”, a model of your own only if you press “Keep on this device”.",
          "None of it is sent. “Clear everything on this device” removes it all.",
        ],
      },
      {
        id: "faq",
        title: "Questions",
        picture: null,
        text: [
          "Nothing fits my table? Look at Match: a column may have another name than expected, or values written otherwise, which you can join there. If no kind of data fits, the server has no models for it; train one of your own.",
          "Why half of my rows? So that whoever knows all rows but one cannot work out the last from the summary.",
          "Is it slow the first time? The engine that runs models, about 17 MB, is fetched once.",
          "Can I use the predictions for decisions about people? Berth does not know whether a model is fair or allowed for that. Its licence and its card may; ask who is responsible.",
        ],
      },
    ] as readonly Part[],
    operator: {
      privacy: "What the operator says about privacy",
      terms: "The operator’s terms",
      none: "The operator of this server has not written anything here.",
    },
  };
}

interface Part {
  readonly id: string;
  readonly title: string;
  /** Which picture stands beside it. */
  readonly picture: string | null;
  readonly text: readonly string[];
  /** Shown after the first paragraph. */
  readonly code?: string;
}

export type HelpWords = ReturnType<typeof english>;
