import { listed, type PinnedIsland, type PinnedPlan } from "./plan";
import { plainChange, type PictureChange, pictureChanges } from "./picture-changes";

/** By the name of the folder in the data. */
const chinese: Readonly<Record<string, string>> = {
  "dress": "连衣裙",
  "hat": "帽子",
  "longsleeve": "长袖上衣",
  "outwear": "外套",
  "pants": "长裤",
  "shirt": "衬衫",
  "shoes": "鞋",
  "shorts": "短裤",
  "skirt": "半身裙",
  "t-shirt": "T恤",
}; // prettier-ignore

interface Wardrobe {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly classes: readonly string[];
}

const wardrobes: readonly Wardrobe[] = [
  { id: "all", en: "Clothes of ten sorts", zh: "十类服装", classes: Object.keys(chinese) },
  { id: "tops", en: "Tops", zh: "上装", classes: ["longsleeve", "outwear", "shirt", "t-shirt"] },
  { id: "summer", en: "Summer clothes", zh: "夏装", classes: ["dress", "hat", "shorts", "skirt", "t-shirt"] },
  { id: "winter", en: "Winter clothes", zh: "冬装", classes: ["hat", "longsleeve", "outwear", "pants", "shoes"] },
  { id: "office", en: "Office clothes", zh: "职业装", classes: ["dress", "pants", "shirt", "shoes", "skirt"] },
  { id: "sports", en: "Sportswear", zh: "运动装", classes: ["hat", "pants", "shoes", "shorts", "t-shirt"] },
  { id: "bottoms", en: "Trousers and skirts", zh: "裤装和裙装", classes: ["pants", "shorts", "skirt"] },
  { id: "dresses", en: "Dresses and skirts", zh: "连衣裙和半身裙", classes: ["dress", "skirt"] },
  { id: "sleeves", en: "Long and short sleeves", zh: "长袖和短袖", classes: ["longsleeve", "shirt", "t-shirt"] },
  { id: "hats-and-shoes", en: "Hats and shoes", zh: "鞋帽", classes: ["hat", "shoes"] },
]; // prettier-ignore
/** Of these there are learnwares of changed photographs, too. */
const CHANGED = ["all", "tops", "summer"];

export const clothes: PinnedIsland = {
  target: "garment",
  licence: "CC0-1.0",
  source: "Clothing dataset (small) by Alexey Grigorev (CC0)",
  scenario: ["Fashion"],
  plans: wardrobes.flatMap((wardrobe) => [
    planOf(wardrobe, plainChange),
    ...(CHANGED.includes(wardrobe.id)
      ? pictureChanges.photos.map((change) => planOf(wardrobe, change))
      : []),
  ]),
};

function planOf({ id, en, zh, classes }: Wardrobe, change: PictureChange): PinnedPlan {
  const sorts = listed(classes, ", ", " and ");
  return {
    id: `clothes-${id}${change.id && `-${change.id}`}`,
    words: {
      en: {
        name: `${en}${change.en.name}`,
        about: `Tells ${sorts} apart in photographs${change.en.about}. Sees a square from the middle of each.`,
      },
      zh: {
        name: `${zh}${change.zh.name}`,
        about: `在照片中区分${listed(classes.map((name) => chinese[name]!), "、", "和")}${change.zh.about}。只看每张照片中间的正方形。`,
      },
    },
    classes,
    change: change.id,
  };
} // prettier-ignore
