/** Data of our own making to try Berth with: made-up tables, texts that were written and pictures that were drawn for it. */
export const SAMPLES = [
  { file: "house-sales.csv", en: "House sales", zh: "房屋销售" },
  { file: "flights.csv", en: "Flights", zh: "航班" },
  { file: "wine-quality.csv", en: "Wine quality", zh: "葡萄酒品质" },
  { file: "posts.csv", en: "Posts, as texts", zh: "帖子（文本）" },
  { file: "sentences.csv", en: "Sentences in ten languages", zh: "十种语言的句子" },
  { file: "pictures-digits.zip", en: "Digits, as pictures", zh: "数字（图片）" },
] as const;
