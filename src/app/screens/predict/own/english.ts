import type { NoOwnModel, OwnFigures } from "../../../../contracts/workers/own-plan";
import type { LeftOutReason } from "../../../../engine/kinds/table/own/own-inputs";
import type { Task } from "../../../../engine/ground/task";
import type { ModelKind } from "../../../../engine/learner/choose-model";
import type { OtherUnit } from "../../../../workflows/own/reading";
import type { Format } from "../../../words/format";

/** Words of a model trained on the user's own rows, pictures or texts, in English. */
export function english(f: Format) {
  const pictures = (count: number) => f.counted(count, "picture", "pictures");
  const ofPictures = wordsOf(f, pictures, "Pictures");
  const texts = (count: number) => f.counted(count, "text", "texts");
  const ofTexts = wordsOf(f, texts, "Texts");
  return {
    own: wordsOf(f, (count) => f.counted(count, "row", "rows"), "Rows"),
    ownOfPictures: {
      ...ofPictures,
      ask: "Which labels should it learn?",
      train: "Train a model on your own pictures",
      none: "No picture here has a label. Put pictures into folders named by what they show, at least 20 in all, and a model can be trained on them.",
      training: "Training on your pictures",
      predicting: "Predicting your pictures",
      keepWhat: "What it learned; none of your pictures.",
      turnedAway: (target: string) =>
        `Your model of “${target}” was not used: it takes columns of a table, and these are pictures.`,
      refusals: {
        ...ofPictures.refusals,
        few_answers: "Too few pictures have a label: a model needs at least 20 to learn from.",
      },
      learned: (_: ModelKind, answers: number) =>
        `A straight-line model, on what is seen in each picture, learned from ${pictures(answers)} whose label is known.`,
      cross:
        "Where the label is known, the prediction is by a model that had not seen the picture.",
      holds:
        "A zip with one model file (ONNX) that takes pictures and predicts just as above, its labels, and a README. It holds none of your pictures and no name of a file, but the labels and what was learnt from your pictures: share it only with people who may know these.",
      shareWhat:
        "Makes a learnware of it: what it learnt, its labels, and an outline of your pictures; no picture. You see it to the byte before anything is sent.",
      again: "Train again with these labels",
      againWhy: "They count over the labels that it learned from. They stay in this tab.",
    },
    ownOfTexts: {
      ...ofTexts,
      train: "Train a model on your own texts",
      training: "Training on your texts",
      predicting: "Predicting your texts",
      keepWhat: "What it learned: words of your texts, and how much each says. No text as a whole.",
      turnedAway: (target: string) =>
        `Your model of “${target}” was not used: this table has no such column of texts.`,
      refusals: {
        ...ofTexts.refusals,
        few_answers: "Too few texts have a label: a model needs at least 20 to learn from.",
        many_values:
          "Texts are told into classes: this column holds numbers, or too many different values.",
        no_inputs: "No word stands in more than one text, so there is nothing to tell classes by.",
      },
      learned: (_: ModelKind, answers: number) =>
        `A straight-line model, on the words of each text, learned from ${texts(answers)} whose label is known.`,
      cross: "Where the label is known, the prediction is by a model that had not seen the text.",
      holds:
        "A zip with one model file (ONNX) that takes texts and predicts just as above, its labels, and a README. It holds none of your texts as a whole, but words of them, which whoever gets it can read: share it only with people who may know these.",
      shareWhat:
        "Makes a learnware of it: the model, which holds words that stand in more than one of your texts, its labels, and an outline of your texts; no text as a whole. Whoever gets it can read those words. You see it to the byte before anything is sent.",
    },
  };
}

/**
 * @param rows - So many of what it learns from.
 * @param head - Over a column of such counts.
 */
function wordsOf(f: Format, rows: (count: number) => string, head: string) {
  /** What a download of the model holds, where it is not what others hold. */
  const holds = (): string | null => null;
  const figure = (measure: OwnFigures["measure"], value: number) =>
    measure === "rmse" ? f.number(value) : f.percent(value);
  const refusals: Record<NoOwnModel, string> = {
    no_column: "There is no such column.",
    few_answers: "Too few rows of this column are filled: a model needs at least 20 to learn from.",
    one_value: "All known values of this column are the same, so there is nothing to learn.",
    single_rows:
      "Nearly every value of this column occurs only once, so there is nothing to learn.",
    too_large: "The numbers of this column are too large to be calculated with.",
    many_values:
      "This column cannot be predicted in this way: its values are too many, or no numbers.",
    no_inputs: "No other column holds anything that a model could learn from.",
  };
  const leftOut: Record<LeftOutReason, string> = {
    identifier: "tells rows apart",
    text: "free text",
    constant: "always the same",
    unasked: "left out by you",
    answered: "filled only where the answer is known",
    too_many: "too many columns",
  };
  const kinds: Record<ModelKind, string> = {
    linear: "A straight-line model",
    trees: "Boosted trees",
  };
  const as: Record<Task, string> = {
    regression: "Predicted as numbers.",
    classification: "Predicted as classes.",
  };
  const asOther: Record<Task, string> = {
    regression: "As classes instead",
    classification: "As numbers instead",
  };
  return {
    share: "Share …",
    shareWhat:
      "Makes a learnware of it: the model and an outline of your rows, no row. You see it to the byte before anything is sent.",
    sharing: "Making a learnware of it",
    holds: holds(),
    ask: "Which column do you want filled in?",
    from: "Learned from",
    ofTexts: (column: string) => `texts in “${column}”`,
    ofColumns: "the other columns",
    train: "Train a model on your own rows",
    stays: "Trained here; nothing leaves.",
    none: "No column here can be filled in: each needs at least 20 known values.",
    training: "Training on your rows",
    predicting: "Predicting your rows",
    kept: (target: string, date: string, answers: number) =>
      `Your own model of “${target}”, trained ${date} on ${rows(answers)}`,
    use: "Predict with it",
    forget: "Forget",
    forgetKept: (target: string, date: string) => `Forget the model of ${target} of ${date}`,
    otherColumns: (models: number) => `${f.counted(models, "model", "models")} of your own for other columns`, // prettier-ignore
    lacks: (columns: readonly string[]) =>
      `This table lacks ${f.list(columns)}: predicted as if nothing were known of it.`,
    otherUnit: ({ name, here, learned }: OtherUnit) =>
      `“${name}” has ${here ?? "no unit"} here and ${learned ?? "none"} in the rows learned from; nothing is converted.`,
    keep: "Keep on this device",
    keepWhat: "What it learned; no row of your table.",
    isKept: "Kept on this device.",
    noRoom: "This browser gives no room to keep it.",
    by: (fileName: string, date: string, answers: number) =>
      `By your own model, trained ${date} on ${rows(answers)} of ${fileName}.`,
    turnedAway: (target: string) =>
      `Your model of “${target}” was not used: this table has too few of the columns that it takes.`,
    refusals,
    title: (target: string) => `${target}, by your own model`,
    learned: (kind: ModelKind, answers: number) =>
      `${kinds[kind]} learned from ${rows(answers)} whose answer is known.`,
    wanted: (count: number) => `It fills in ${rows(count)} without an answer.`,
    cross: "Where the answer is known, the prediction is by a model that had not seen the row.",
    good: ({ measure, value, interval: [low, high], trivial, rows: count }: OwnFigures) =>
      measure === "rmse"
        ? `Off by ${figure(measure, value)} on ${rows(count)} it had not seen (${figure(measure, low)} to ${figure(measure, high)}). Always saying the mean would be off by ${figure(measure, trivial)}.`
        : `Right in ${figure(measure, value)} of ${rows(count)} it had not seen (${figure(measure, low)} to ${figure(measure, high)}). Always saying the most frequent answer would be right in ${figure(measure, trivial)}.`,
    calibration: {
      title: "How far to believe it",
      picture: "How often held-out rows were right, by how certain the model was of them",
      how: "Dots: how often it was right (upwards) where it was so certain (to the right), with 95 % intervals. On the dashed line it is right as often as it says.",
      table: "As a table",
      heads: ["Certain", "Right", "95 %", head],
      range: (low: string, high: string) => `${low} to ${high}`,
    },
    classes: {
      title: "Class by class",
      caption: "How often each class was found, and right when it was said",
      heads: ["Class", head, "Found", "Right when said"],
      never: "never said",
      more: (count: number) => `and ${f.counted(count, "rarer class", "rarer classes")}`,
      auc: (share: number) =>
        `Of two rows with different answers it knows which is which in ${f.percent(share)} (AUC; by chance ${f.percent(0.5)}).`,
      crossed: "Which was taken for which",
      known: "Is, said to be:",
    },
    residuals: {
      title: "How far off it is",
      picture: "How far answers of held-out rows lay from predictions, by how large these were",
      how: "Upwards: the answer less the prediction; to the right: the prediction. Boxes hold the middle half, lines nine in ten. Around the dashed line it is right on average.",
      table: "As a table",
      heads: ["Predicted", "Middle", "Nine in ten", head],
      range: (low: string, high: string) => `${low} to ${high}`,
    },
    useless: "No better than the trivial answer: do not rely on these predictions.",
    counted: "What counted",
    leak: (column: string) =>
      `“${column}” alone tells the answer almost perfectly. Is it known beforehand?`,
    leaveOut: "Train again without it",
    lonely: (count: number) => `${rows(count)} with a value that occurs only once were not learned from.`, // prettier-ignore
    leftOutTitle: "Not learned from",
    leftOut: (column: string, why: LeftOutReason) => `${column}: ${leftOut[why]}`,
    as,
    asOther,
  };
}
