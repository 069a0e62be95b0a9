import { plainChange, type PictureChange, pictureChanges } from "./picture-changes";
import { listed, type PinnedIsland, type PinnedPlan } from "./plan";

const ALL = "0123456789";
const HALVES = ["01234", "56789", "02468", "13579", "02357", "14689"];
/** Of these there are learnwares of dark ink on paper, too. */
const IN_INK = ["01234", "56789"];
const ink = pictureChanges.digits.find(({ id }) => id === "ink")!;

export const digits: PinnedIsland = {
  target: "digit",
  licence: "Others",
  source:
    "MNIST by Yann LeCun, Corinna Cortes and Christopher Burges (CC BY-SA 3.0, which holds of this model, too)",
  scenario: ["Education", "Computer"],
  plans: [
    ...[plainChange, ...pictureChanges.digits].map((change) => planOf(ALL, change)),
    ...HALVES.map((set) => planOf(set, plainChange)),
    ...IN_INK.map((set) => planOf(set, ink)),
  ],
};

function planOf(set: string, change: PictureChange): PinnedPlan {
  const classes = Array.from(set);
  const isAll = set === ALL;
  return {
    id: `digits-${set}${change.id && `-${change.id}`}`,
    words: {
      en: {
        name: `Handwritten digits${isAll ? "" : ` ${listed(classes, ", ", " and ")}`}${change.en.name}`,
        about: `Tells handwritten ${isAll ? "digits" : listed(classes, ", ", " and ")} apart, one in each picture${change.en.about}.`,
      },
      zh: {
        name: `手写数字${isAll ? "" : ` ${classes.join("、")}`}${change.zh.name}`,
        about: `区分手写数字${isAll ? " 0 到 9" : ` ${classes.join("、")}`}，每张图片一个数字${change.zh.about}。`,
      },
    },
    classes,
    change: change.id,
  };
}
