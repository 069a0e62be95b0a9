/** @file What the starter's learnwares are called and say of themselves in simplified Chinese. */

import type { Manifest } from "../../engine/learnware/manifest";
import { starterTables } from "./tables";

interface Said {
  readonly title: string;
  readonly about: string;
}

/** By the English title; `{domain}` is replaced. */
const said: Readonly<Record<string, Said>> = {
  "House prices in zip code {domain}": {
    title: "邮编 {domain} 的房价",
    about:
      "预测房屋的成交价，单位为千美元。用 2014 和 2015 年邮编 {domain}（华盛顿州金县）的成交记录训练。",
  },
  "Retail turnover: {domain}": {
    title: "零售额：{domain}",
    about: "根据前几个月预测当月的零售额，单位为百万澳元。用截至 2014 年的序列“{domain}”训练。",
  },
  "Arrival delay of flights to {domain}": {
    title: "飞往 {domain} 的航班到达延误",
    about: "预测从纽约出发的航班晚到多少分钟（负数表示早到）。用 2013 年飞往 {domain} 的航班训练。",
  },
  "Income of people in {domain}": {
    title: "职业收入：{domain}",
    about:
      "预测一个人在 1994 年的年收入是否超过 5 万美元。用职业为“{domain}”的人的数据训练。数据陈旧，仅供学习，请勿用来决定有关人的事情。",
  },
  "Quality of red wine": {
    title: "红葡萄酒的品质",
    about: "根据化学成分预测品酒师给红葡萄酒的评分（0 到 10）。",
  },
  "Quality of white wine": {
    title: "白葡萄酒的品质",
    about: "根据化学成分预测品酒师给白葡萄酒的评分（0 到 10）。",
  },
  "Iris species": {
    title: "鸢尾花的种类",
    about: "根据萼片和花瓣区分三种鸢尾花。",
  },
  "Penguin species": {
    title: "企鹅的种类",
    about: "根据测量值区分阿德利企鹅、帽带企鹅和巴布亚企鹅。",
  },
  "Variety of a wheat kernel": {
    title: "小麦籽粒的品种",
    about: "根据籽粒的形状区分三个小麦品种。",
  },
  "Forged banknotes": {
    title: "伪造的钞票",
    about: "根据照片的特征区分真钞和伪钞。",
  },
  "Benign or malignant breast tumour": {
    title: "乳腺肿瘤的良性与恶性",
    about: "根据细胞核区分恶性和良性肿瘤。仅供学习，不可用于诊断。",
  },
  "Signs of diabetes": {
    title: "糖尿病的迹象",
    about: "预测五年内是否出现糖尿病。仅供学习，不可用于诊断。",
  },
  "Heart disease": {
    title: "心脏病",
    about: "根据检查结果预测心脏病。仅供学习，不可用于诊断。",
  },
  "Age of abalone": {
    title: "鲍鱼的年龄",
    about: "预测鲍鱼壳的环数；年龄（岁）为环数加 1.5。",
  },
  "Strength of concrete": {
    title: "混凝土的强度",
    about: "根据配比和龄期预测混凝土的抗压强度。",
  },
  "Customers who leave": {
    title: "流失的客户",
    about: "预测电信客户是离开（Yes）还是留下（No）。",
  },
};

/** Parts of a domain's name, between " | ". What is not here is a code, and stays. */
const parts: Readonly<Record<string, string>> = {
  ACT: "首都领地",
  NSW: "新南威尔士州",
  NT: "北领地",
  QUE: "昆士兰州",
  SA: "南澳大利亚州",
  TAS: "塔斯马尼亚州",
  VIC: "维多利亚州",
  WA: "西澳大利亚州",
  "Cafes, restaurants and catering services": "咖啡馆、餐馆和餐饮服务",
  "Cafes, restaurants and takeaway food services": "咖啡馆、餐馆和外卖",
  "Clothing retailing": "服装",
  "Department stores": "百货商店",
  "Electrical and electronic goods retailing": "电器和电子产品",
  "Food retailing": "食品",
  "Furniture, floor coverings, houseware and textile goods retailing":
    "家具、地面材料、家居用品和纺织品",
  "Hardware, building and garden supplies retailing": "五金、建材和园艺用品",
  "Household goods retailing": "家居用品",
  "Newspaper and book retailing": "报刊和图书",
  "Other recreational goods retailing": "其他休闲用品",
  "Other retailing": "其他零售",
  "Other specialised food retailing": "其他专门食品",
  "Pharmaceutical, cosmetic and toiletry goods retailing": "药品、化妆品和洗漱用品",
  "Supermarket and grocery stores": "超市和杂货店",
  "Adm-clerical": "行政文员",
  "Craft-repair": "手工与维修",
  "Exec-managerial": "管理人员",
  "Farming-fishing": "农业和渔业",
  "Handlers-cleaners": "搬运与清洁",
  "Machine-op-inspct": "机器操作与检验",
  "Other-service": "其他服务",
  "Prof-specialty": "专业人员",
  "Protective-serv": "安全保卫",
  "Transport-moving": "运输",
  Unknown: "未知",
};

/**
 * What a learnware of the starter says in Chinese.
 *
 * @param name - In English, as its table's title makes it.
 * @throws Error if no table makes such a name.
 */
export function inChinese(name: string): NonNullable<Manifest["translations"]> {
  for (const { title } of starterTables) {
    const words = said[title];
    const [before = "", after] = title.split("{domain}");
    const isSame = after === undefined ? name === title : name.startsWith(before);
    if (!words || !isSame) continue;
    const domain = name
      .slice(before.length)
      .split(" | ")
      .map((part) => parts[part] ?? part);
    const say = (text: string) => text.replaceAll("{domain}", domain.join("，"));
    return { zh: { name: say(words.title), description: say(words.about) } };
  }
  throw new Error(`no words of Chinese for ${name}`);
}
