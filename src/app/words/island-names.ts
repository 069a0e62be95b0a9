/** @file What the kinds of data that come with Berth are called in simplified Chinese. A dock names its own as it likes. */

const NAMES: ReadonlyMap<string, string> = new Map([
  ["Iris flowers", "鸢尾花"],
  ["Penguins", "企鹅"],
  ["Wheat seeds", "小麦种子"],
  ["Banknotes", "纸币"],
  ["Breast tumours", "乳腺肿瘤"],
  ["Diabetes screening", "糖尿病筛查"],
  ["Heart check-ups", "心脏检查"],
  ["Abalone", "鲍鱼"],
  ["Concrete mixtures", "混凝土配比"],
  ["Telecom customers", "电信客户"],
  ["House sales", "房屋销售"],
  ["Monthly retail turnover", "每月零售额"],
  ["Flights from New York", "纽约出发的航班"],
  ["Census: people at work", "人口普查：在职者"],
  ["Wine quality", "葡萄酒品质"],
  ["English texts", "英文文本"],
  ["English texts: field", "英文文本：领域"],
  ["Texts in any language", "任何语言的文本"],
  ["Photos", "照片"],
  ["Digits and drawings", "数字和图画"],
]);

/** By the name that a dock gives it, which stays where there is no other. */
export function chineseIslandName(name: string): string {
  return NAMES.get(name) ?? name;
}
