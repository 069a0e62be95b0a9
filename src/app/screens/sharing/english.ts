import type { Format } from "../../words/format";
import { english as fields } from "./fields/english";
import { english as pack } from "./pack/english";

/** What is said where a learnware is shared, in English. */
export function english(f: Format) {
  /** Rows, texts or pictures. */
  const examples = (count: number) => f.counted(count, "example", "examples");
  return {
    title: "Share a model",
    lead: "What it learnt helps whoever has data like yours. Your data stay here.",
    drop: "Drop a model, or choose its file",
    dropAnother: "Drop another model",
    dropWhat: "a learnware’s zip, or an ONNX file",
    reading: (name: string) => `Looking into ${name}`,
    looked: "What would be published",
    versionOf: (id: string) => `This will be a new version of ${id}.`,
    asNew: "Share it as a model of its own instead",
    wordsTitle: "What it says of itself",
    fields: fields(),
    pack: pack(f),
    packedAnew:
      "It was packed anew with these words; its model and outline are the same to the byte. Translations of what you changed are left out.",
    howTitle: "How it goes",
    how: [
      "Choose a learnware’s zip, or an ONNX file and the table that it learnt from, of which a learnware is made. They are opened in this tab and nothing is sent.",
      "The checks of a server are made here: everything in the zip is looked at, and its model is run on data like its own, on noise and on odd data.",
      "You see to the byte what would be published, and can say better what the model is for.",
      "If you publish it, the zip goes to the server, which makes the same checks again. Then everybody can find it, and you can change it or take it out.",
    ],
    ways: "A learnware’s zip comes from a model that you trained here, or from “berth train”. scikit-learn, LightGBM, XGBoost, CatBoost, PyTorch and Keras write ONNX files.",
    verdicts: {
      checking: "Checking …",
      unchecked: "Not checked yet",
      ready: "Ready to publish",
      wouldRefuse: "A server would refuse it",
      handed: "Being verified",
      verified: "Published",
      refused: "The server refuses it",
    },
    checking: "Making the checks of a server in this tab",
    counted: (passed: number, warned: number) =>
      warned === 0
        ? `${f.counted(passed, "check", "checks")} passed, made in this tab`
        : `${f.counted(passed, "check", "checks")} passed, ${f.integer(warned)} worth a look; made in this tab`,
    saveReport: "Save the report",
    reportName: (file: string) => `${file.replace(/\.zip$/i, "")}-checks.json`,
    checkAgain: "Check it",
    about: {
      title: "What people will see",
      kind: "Reads",
      kinds: { table: "rows of a table", text: "texts", image: "pictures" },
      gives: "Predicts",
      number: (target: string, unit: string | undefined) =>
        unit === undefined ? `${target}: a number` : `${target}: a number, in ${unit}`,
      classes: (target: string, count: number) =>
        `${target}: how likely each of ${f.counted(count, "class", "classes")} is`,
      takes: "Takes",
      features: (count: number) => f.counted(count, "column", "columns"),
      more: (count: number) => `${f.integer(count)} more`,
      landing: "Kind of data",
      joins: "joins",
      founds: (name: string) => `founds a new one, “${name}”: no model here answers this yet`,
      unknown: (space: string) =>
        `“${space}”, which this server does not know and the zip does not carry`,
      outline: "Outline",
      points: (points: number, numbers: number, count: number) =>
        `${f.counted(points, "point", "points")} of ${f.counted(numbers, "number", "numbers")}, for about ${examples(count)}`,
      skill: "How good",
      metric: {
        rmse: (value: string, trivial: string, count: number) =>
          `off by ${value}, always answering the average by ${trivial}; on about ${examples(count)}`,
        r2: (value: string, trivial: string, count: number) =>
          `explains ${value}, always answering the average ${trivial}; on about ${examples(count)}`,
        accuracy: (value: string, trivial: string, count: number) =>
          `right in ${value}, always answering the most frequent in ${trivial}; on about ${examples(count)}`,
        log_loss: (value: string, trivial: string, count: number) =>
          `log loss ${value}, by knowing only the frequencies ${trivial}; on about ${examples(count)}`,
      },
      unmeasured: "says nothing; people trust a model more whose error was measured",
    },
    leaves: {
      title: "To the byte",
      lead: (bytes: string, files: number) =>
        `The zip of ${bytes} is all that would leave this tab, and everybody can download it. It holds ${f.counted(files, "file", "files")}:`,
      noText: "no text",
      notHere:
        "Its outline was made elsewhere, so what it tells about single rows was not rehearsed here; “berth train” and “berth pack” did so where it was made.",
      safe: (points: number, fewest: number) =>
        `Its outline has ${f.counted(points, "point", "points")}; none is one of your examples, and each stands for ${f.integer(fewest)} of them or more.`,
      onBook: "Its outline is weights on points that everybody has; none of them is a row.",
      dropped: (count: number) =>
        `${f.counted(count, "point was", "points were")} left out to keep that.`,
      attack: (of: {
        nearest: string;
        strongest: string;
        chance: string;
        mostNearest: string;
        mostStrongest: string;
      }) =>
        `Attacks rehearsed here tell a row that it was made of from another in ${of.nearest} (nearest point; at most ${of.mostNearest} is let through) and ${of.strongest} (the strongest known; at most ${of.mostStrongest}); guessing is right in ${of.chance}.`,
      finds: (found: string, most: string) =>
        `With 1 false alarm in 100 they find ${found} in 100 (at most ${most}).`,
    },
    publish: {
      as: (name: string) => `You publish it as ${name}.`,
      everybody: "From then on everybody can find it and download its zip.",
      logInFirst: "Log in to publish it. What you opened stays here meanwhile.",
      logIn: "Log in",
      instead: "Save the zip, and share it where there is one that takes models.",
      checkFirst: "It can be published once it is checked.",
      refused: "Mend what is refused above, and drop it again.",
      save: "Save the zip",
      publish: "Publish",
      publishVersion: "Publish the new version",
      goOn: "Go on",
      there: (id: string) => `Look at ${id}, which it is already`,
      drop: "Give it up",
      sending: (done: string, total: string) => `Sending: ${done} of ${total}`,
      stopped: (done: string, total: string) =>
        `Stopped: ${done} of ${total} are there, and are kept for a day. You can go on from there.`,
    },
    outcome: {
      number: (number: number) => `Submission ${number}.`,
      waiting: "It is with the server, and waits to be verified. You may leave this page.",
      running: "The server makes the same checks again. You may leave this page.",
      verified: "It is verified: everybody can find and use it.",
      refused: "It was refused, and nobody but you sees it. The report says why.",
      look: "Look at it",
      mine: "To all that is yours",
    },
  };
}

export type ShareWords = ReturnType<typeof english>;
