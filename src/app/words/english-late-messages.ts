import type { ErrorDetails } from "../../engine/ground/errors";
import type { LateMessages } from "../messages";

/** All other failures in English, fetched when one comes. */
export const englishLateMessages: LateMessages = {
  bad_parameter: () => ({
    what: "The calculation could not start.",
    why: "A setting was outside what the method allows, most likely because the matched columns hold no variation.",
    todo: "Match at least one column whose values differ, then try again.",
  }),
  shape_mismatch: () => ({
    what: "Two parts that belong together do not fit each other.",
    why: "A table and a specification have different numbers of columns, probably because the island changed meanwhile.",
    todo: "Reload the page and start again with the same file.",
  }),
  empty_file: () => ({
    what: "The file is empty.",
    why: "There is nothing in it, or only blank lines.",
    todo: "Choose another file, or export this one again.",
  }),
  header_only: () => ({
    what: "The file has column names but no rows.",
    why: "Only its first line holds text.",
    todo: "Choose a file with rows. If the first line is data, untick “The first row holds the column names”.",
  }),
  too_many_columns: (d) => ({
    what: `The table has too many columns${of(d, "columns", ": ")}.`,
    why: `Berth reads at most ${given(d, "limit", "a few thousand")}.`,
    todo: "Remove columns that no model could use, such as notes and links, or check the separator.",
  }),
  binary_file: () => ({
    what: "This is not a text file.",
    why: "Its bytes look like a program, a picture or an archive.",
    todo: "Export the table as CSV and choose that file.",
  }),
  unsupported_format: (d) => ({
    what: `This kind of file cannot be read yet${of(d, "format", ": ")}.`,
    why: "Berth reads CSV and other text, Excel (.xlsx), OpenDocument, Parquet, JSON, Arrow, NumPy, ARFF and SQLite, also within gzip or zip.",
    todo: "Open it in the program it came from, save it as CSV, and choose that file.",
  }),
  bad_encoding: (d) => ({
    what: "The text in the file could not be decoded.",
    why: `Its encoding${of(d, "encoding", " ")} is not one that Berth recognises.`,
    todo: "Save the file as “CSV UTF-8” and choose it again.",
  }),
  unterminated_quote: (d) => ({
    what: "A quotation mark is never closed.",
    why: `A cell opens with a quote${of(d, "record", " in row ")} and everything after it would be part of that cell.`,
    todo: "Close or remove that quotation mark and choose the file again.",
  }),
  bad_compression: () => ({
    what: "The compressed file is damaged.",
    why: "It ends too early or its checksum is wrong.",
    todo: "Download or compress it again, or unpack it and choose the plain file.",
  }),
  damaged_file: (d) => ({
    what: `This file is damaged or cut off${of(d, "format", ": ")}.`,
    why: "What it says of itself and what is in it do not agree.",
    todo: "Download or write it again, and choose the fresh copy.",
  }),
  unsupported_picture: (d) => ({
    what: `This is no picture that can be read${of(d, "format", ": ")}.`,
    why: "Berth reads JPEG, PNG, WebP, AVIF, GIF and BMP.",
    todo: "Save it as JPEG or PNG, and choose that file.",
  }),
  picture_too_large: (d) => ({
    what: `This picture is too large to be opened${of(d, "size", ": ")}.`,
    why: "It may have 100 megapixels and 100 MB.",
    todo: "Save a smaller copy of it, and choose that file.",
  }),
  no_pictures: (d) => ({
    what:
      d["count"] === 0
        ? "There is no file in it."
        : `There is no picture and no text in it${of(d, "count", " (files: ", ")")}.`,
    why: "Berth reads JPEG, PNG, WebP, AVIF, GIF and BMP, and texts (.txt), from folders, zips or one by one.",
    todo: "Choose a folder or a zip with such files.",
  }),
  too_many_files: (d) => ({
    what: `It holds too many files${of(d, "entries", ": ")}.`,
    why: `At most ${d["most"] ?? 50_000} are read at once.`,
    todo: "Choose a part of it, for example one folder at a time.",
  }),
  no_table: (d) => ({
    what: `There is no table in this file${of(d, "format", ": ")}.`,
    why: `Berth looks for rows with the same columns, each holding one plain value${of(d, "columns", " (here: ", ")")}.`,
    todo: "Export the table on its own, for example as CSV, and choose that file.",
  }),
  table_too_large: (d) => ({
    what: `This file is too large to be opened${of(d, "format", ": ")}.`,
    why: "Files of this kind have to be held as a whole.",
    todo: "Save the table as CSV or Parquet, which are read piece by piece, and choose that file.",
  }),
  no_usable_rows: (d) =>
    d["reason"] === "nothing_known"
      ? {
          what: "None of the rows says anything that these models know.",
          why: `Not one holds a word or a picture that is known to “${given(d, "space", "this kind of data")}”.`,
          todo: "Choose another column, or another kind of data: for other languages one of texts in any language.",
        }
      : {
          what: "There are too few usable rows.",
          why: "In the matched columns, hardly any row has a value, so there is nothing to summarise.",
          todo: "Check the matched columns and their types, or use a table with more rows.",
        },
  type_not_possible: (d) => ({
    what: `The column${of(d, "column", " ")} cannot be read as that type.`,
    why: "Its values do not allow it. The type was left as it was.",
    todo: "Choose another type for it.",
  }),
  choice_not_possible: (d) => ({
    what: "The file cannot be read as you said.",
    why: whyNot(d),
    todo: "Say something else under “How it was read”, or leave that empty: it is found out then.",
  }),
  preflight_failed: (d) => ({
    what: "Nothing was sent: no summary of your rows was safe enough.",
    why:
      d["reason"] === "too_close"
        ? "Every point of it would have coincided with a row, as happens when many rows are the same."
        : d["reason"] === "attack"
          ? `An attack rehearsed here could tell too well which rows it was made of${of(d, "rows", " (you have ", ")")}.`
          : `Every point of it must stand for at least five rows, which is hard with few rows${of(d, "rows", " (you have ", ")")}.`,
    todo:
      d["reason"] === "too_close"
        ? "Choose “Nothing leaves”, or match more columns whose values differ from row to row, then try again."
        : "Choose “Nothing leaves”, or use a table with more rows (a few hundred are plenty), then try again.",
  }),
  bad_specification: () => ({
    what: "A model’s specification is damaged.",
    why: "What the server sent does not describe a distribution.",
    todo: "Try again later; if it stays so, tell whoever runs this server.",
  }),
  unsupported_kernel: () => ({
    what: "A model is compared in a way that this version does not know.",
    why: "Its specification names a kernel that is not worked out here.",
    todo: "Choose another model, or use a newer version.",
  }),
  bad_package: (d) => ({
    what:
      d["reason"] === "other_question"
        ? "The model answers something else than its card says."
        : "The model’s package is damaged or incomplete.",
    why:
      d["reason"] === "other_question"
        ? "What it predicts, or the classes that it tells apart, are others."
        : "A file in it is missing or does not have the form it must have.",
    todo: "Choose another model.",
  }),
  package_too_large: () => ({
    what: "The model’s package is too large to open safely.",
    why: "It would unpack to more files or bytes than a model may have.",
    todo: "Choose another model.",
  }),
  bad_model: (d) => ({
    what:
      d["reason"] === "too_slow"
        ? "This model did not come to an end, and was stopped."
        : "This model cannot be run.",
    why:
      d["reason"] === "too_slow"
        ? "It took far longer than models here take."
        : "Its file is damaged, or its inputs are not those that it announces.",
    todo: "Choose another model.",
  }),
  unsupported_kind: (d) => ({
    what: "This model is of a kind that Berth cannot use yet.",
    why: `Berth runs models that take the columns of a table and give one number, or one score per class${of(d, "form", "; this one has: ")}.`,
    todo: "Choose another model.",
  }),
  unsupported_operator: (d) => ({
    what: "The model was refused.",
    why: `It uses an operation that is not on the list of safe ones${of(d, "operator", ": ")}.`,
    todo: "Choose another model.",
  }),
  not_exportable: (d) =>
    d["reason"] === "no_rows"
      ? {
          what: "This model cannot be made a learnware.",
          why: "The rows that it learned from are no longer here, so no outline of them can be made.",
          todo: "Open them and train it again, then share it.",
        }
      : {
          what: "This way of predicting cannot be written down as one model.",
          why:
            d["reason"] === "lacking_features"
              ? "Your table lacks columns that the models take, and each fills them in by itself as it runs."
              : `Its models were written for versions of ONNX that cannot stand in one file${of(d, "operator", ": ")}.`,
          todo:
            d["reason"] === "lacking_features"
              ? "Download the predictions instead."
              : "Download the predictions instead, or run one model alone and download that.",
        },
  not_prepared: () => ({
    what: "The models are no longer loaded.",
    why: "The background worker that held them was stopped, or has begun with others.",
    todo: "Run the models again. Your data and choices are kept.",
  }),
  bad_input: () => ({
    what: "The server did not accept the request.",
    why: "It and this page disagree about its form, probably because one of them was updated meanwhile.",
    todo: "Reload the page and start again with the same file.",
  }),
  device_lost: () => ({
    what: "The graphics card stopped answering.",
    why: "Another program may have needed it, or the computer slept.",
    todo: "Try again. Your data and choices are kept.",
  }),
  stale_island: () => ({
    what: "The server is reorganising this feature space.",
    why: "It learns a better scaling from new models, so the description of your data no longer compares.",
    todo: "Try again; your data and choices are kept.",
  }),
  hash_mismatch: () => ({
    what: "What was downloaded is not what was announced.",
    why: "Its checksum differs, so it was changed or damaged on the way. It was thrown away unopened.",
    todo: "Try again; if it stays so, choose another model or island and tell whoever runs this server.",
  }),
  already_there: () => ({
    what: "This is there already.",
    why: "Somebody, perhaps you, has added it before.",
    todo: "Use the one that is there, or choose another name.",
  }),
  not_allowed: () => ({
    what: "The server does not allow this.",
    why: "Your account, or the token that was sent, may not do it.",
    todo: "Log in with an account that may, or ask whoever runs this server.",
  }),
  not_signed_in: () => ({
    what: "You are not logged in.",
    why: "Your session has ended, or the address, password or token is not right.",
    todo: "Log in, and try again.",
  }),
  quota_full: () => ({
    what: "Your account has no room left.",
    why: "What you have uploaded takes all the space that this server gives one account.",
    todo: "Delete an upload or a model of yours, or ask whoever runs this server for more.",
  }),
  too_often: () => ({
    what: "This was tried too often.",
    why: "The server takes only so many tries in a minute, so that nobody can guess passwords.",
    todo: "Wait a minute, and try again.",
  }),
  wrong_offset: () => ({
    what: "The upload stands elsewhere.",
    why: "The dock has another number of bytes of it than was thought: a request broke off, or another one came between.",
    todo: "Send it again: it goes on from what the dock has.",
  }),
  too_large: (d) => ({
    what: "This is too large.",
    why: `It exceeds ${given(d, "limit", "the limit")}.`,
    todo: "Use a smaller file, for instance a sample of its rows.",
  }),
};

function whyNot(details: ErrorDetails): string {
  const told = given(details, "told", "");
  const noLine = `Line ${told} is blank, or the file ends before it.`;
  const reasons: Readonly<Record<string, string>> = {
    header: noLine,
    "first-row": `Line ${told} is blank, not below the names, or the file ends before it.`,
    rows: `The table has no rows ${told}.`,
    encoding: `There are no rows in it when it is read as ${told}.`,
    sheet: `It has no sheet “${told}”.`,
  };
  return reasons[given(details, "setting", "")] ?? `It has no column for ${told}.`;
}

function of(details: ErrorDetails, name: string, before: string, after = ""): string {
  const value = details[name];
  return value === undefined ? "" : `${before}${value}${after}`;
}

function given(details: ErrorDetails, name: string, otherwise: string): string {
  return String(details[name] ?? otherwise);
}
