import { listed, type PinnedIsland, type PinnedPlan } from "./plan";

interface Group {
  readonly en: string;
  readonly zh: string;
  /** Which field of talk it is of; none where it is not told among fields. */
  readonly field?: string;
}

/** By the name in the data. */
const groups: Readonly<Record<string, Group>> = {
  "alt.atheism": { en: "atheism", zh: "无神论" },
  "comp.graphics": { en: "computer graphics", zh: "计算机图形", field: "computers" },
  "comp.os.ms-windows.misc": { en: "Windows", zh: "Windows", field: "computers" },
  "comp.sys.ibm.pc.hardware": { en: "PC hardware", zh: "PC 硬件", field: "computers" },
  "comp.sys.mac.hardware": { en: "Mac hardware", zh: "Mac 硬件", field: "computers" },
  "comp.windows.x": { en: "the X Window System", zh: "X 窗口系统", field: "computers" },
  "misc.forsale": { en: "things for sale", zh: "二手出售", field: "for sale" },
  "rec.autos": { en: "cars", zh: "汽车", field: "leisure" },
  "rec.motorcycles": { en: "motorcycles", zh: "摩托车", field: "leisure" },
  "rec.sport.baseball": { en: "baseball", zh: "棒球", field: "leisure" },
  "rec.sport.hockey": { en: "hockey", zh: "冰球", field: "leisure" },
  "sci.crypt": { en: "encryption", zh: "密码学", field: "science" },
  "sci.electronics": { en: "electronics", zh: "电子", field: "science" },
  "sci.med": { en: "medicine", zh: "医学", field: "science" },
  "sci.space": { en: "space", zh: "航天", field: "science" },
  "soc.religion.christian": { en: "Christianity", zh: "基督教" },
  "talk.politics.guns": { en: "guns", zh: "枪支", field: "debate" },
  "talk.politics.mideast": { en: "the Middle East", zh: "中东", field: "debate" },
  "talk.politics.misc": { en: "politics", zh: "政治", field: "debate" },
  "talk.religion.misc": { en: "religion", zh: "宗教", field: "debate" },
};
const names = Object.keys(groups);
const fields: Readonly<Record<string, string>> = {
  "computers": "计算机",
  "debate": "争论",
  "for sale": "二手出售",
  "leisure": "休闲",
  "science": "科学",
}; // prettier-ignore

const SOURCE = {
  licence: "CC-BY-4.0",
  source: "20 Newsgroups, mini version (UCI 113, CC BY 4.0)",
  scenario: ["Internet", "Computer"],
} as const;

/** Where every other learnware begins. */
const evenOnes = names.flatMap((_, i) => (i % 2 === 0 ? [i] : []));

/** Names of groups that make sense together; others have four that lie apart, or ten. */
const together: Readonly<Record<string, readonly string[]>> = {
  computers: names.filter((name) => name.startsWith("comp.")),
  leisure: names.filter((name) => name.startsWith("rec.")),
  science: names.filter((name) => name.startsWith("sci.")),
  debate: names.filter((name) => name.startsWith("talk.")),
  belief: ["alt.atheism", "soc.religion.christian", "talk.religion.misc"],
  hardware: ["comp.sys.ibm.pc.hardware", "comp.sys.mac.hardware", "misc.forsale", "sci.electronics"],
}; // prettier-ignore

export const newsgroups: PinnedIsland = {
  ...SOURCE,
  target: "newsgroup",
  plans: [
    {
      id: "newsgroups-all",
      words: {
        en: {
          name: "Posts on twenty topics",
          about:
            "Tells which of twenty newsgroups an English post was sent to. Trained on posts of 1993.",
        },
        zh: {
          name: "二十个主题的帖子",
          about: "判断一篇英文帖子发往二十个新闻组中的哪一个。用 1993 年的帖子训练。",
        },
      },
      classes: names,
    },
    ...Object.entries(together).map(([id, classes]) => onGroups(id, classes)),
    ...evenOnes.map((from) => onTen(from)),
    ...evenOnes.map((i) => {
      const classes = [0, 3, 7, 12].map((step) => names[(i + step) % names.length]!).sort();
      return onGroups(String(i / 2 + 1).padStart(2, "0"), classes);
    }),
  ],
};

/** Ten groups that follow each other, the last before the first. */
function onTen(from: number): PinnedPlan {
  const classes = Array.from({ length: 10 }, (_, i) => names[(from + i) % names.length]!);
  const { id, words } = onGroups(`ten-${String(from / 2 + 1).padStart(2, "0")}`, classes);
  const [first, last] = [groups[classes[0]!]!, groups[classes[9]!]!];
  const [en, zh] = [
    `Posts on ten topics, from ${first.en} to ${last.en}`,
    `十个主题的帖子：从${first.zh}到${last.zh}`,
  ];
  return {
    ...{ id, classes },
    words: { en: { ...words.en, name: en }, zh: { ...words.zh, name: zh } },
  };
}

function onGroups(id: string, classes: readonly string[]): PinnedPlan {
  const [en, zh] = [
    listed(classes.map((name) => groups[name]!.en), ", ", " and "),
    listed(classes.map((name) => groups[name]!.zh), "、", "和"),
  ];
  return {
    id: `newsgroups-${id}`,
    words: {
      en: {
        name: `Posts on ${en}`,
        about: `Tells which newsgroup an English post was sent to: ${en}. Trained on posts of 1993.`,
      },
      zh: {
        name: `帖子：${zh}`,
        about: `判断一篇英文帖子发往哪个新闻组：${zh}。用 1993 年的帖子训练。`,
      },
    },
    classes,
  };
} // prettier-ignore

/** The field of a newsgroup; empty if it is of none. */
export function fieldOf(group: string): string {
  return groups[group]?.field ?? "";
}

/** Every three of the five fields, and all of them. */
export const newsFields: PinnedIsland = {
  ...SOURCE,
  target: "field",
  plans: [
    ...threeOf(Object.keys(fields)).map((classes) => onFields(classes)),
    onFields(Object.keys(fields)),
  ],
};

function threeOf(all: readonly string[]): string[][] {
  return all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b, j) => all.slice(i + j + 2).map((c) => [a, b, c])),
  );
}

function onFields(classes: readonly string[]): PinnedPlan {
  const zh = listed(classes.map((name) => fields[name]!), "、", "和");
  const en = listed(classes, ", ", " and ");
  return {
    id: `fields-${classes.length === 5 ? "all" : classes.map((name) => name.slice(0, 3)).join("-")}`.replace(" ", ""),
    words: {
      en: {
        name: `Fields: ${en}`,
        about: `Tells what an English post is about: ${en}. Trained on newsgroups of 1993.`,
      },
      zh: {
        name: `领域：${zh}`,
        about: `判断一篇英文帖子属于哪个领域：${zh}。用 1993 年的新闻组训练。`,
      },
    },
    classes,
  };
} // prettier-ignore
