import { nameWords } from "./names";

/**
 * Words that people use for one another in column names: a line is one meaning. Names are compared
 * word by word after `nameWords`, so each is in its standard form.
 */
const MEANINGS = `
price cost fee fare charge 价格 售价 单价 房价 费用
amount sum 金额 总额
sale sold sell selling 销售 出售 成交
turnover revenue 营业额 销售额
income salary wage earning pay 收入 工资 薪水
number count quantity 数量 个数 数
mean average 平均 均值
total overall whole 总 合计 总计
area size surface space squarefoot squaremetre 面积
living residential interior indoor dwelling liveable habitable 居住 室内 起居
lot plot land parcel site 地块 土地 占地
house home property 房屋 住宅 房子
bedroom 卧室 睡房
bathroom restroom washroom 浴室 卫生间 洗手间
floor storey story level 楼层 层数 层
waterfront waterside seafront lakefront 临水 水景 滨水 临海
view scenery outlook panorama 景观 视野 风景
condition status state shape 状况 状态 情况
grade rating score mark 等级 评级 评分
quality 质量 品质
above upper over 地上 以上
basement cellar underground 地下 地下室
built build construction constructed completed 建造 建成 修建
renovated renovation refurbished remodeled remodelled modernised 翻新 装修 改造
year annual yearly 年份 年
month monthly 月份 月
week weekly 星期 周 每周
weekday dayofweek 星期几
day daily 日 天
hour hourly 小时 时
minute 分钟
date 日期
time duration 时间 时长
latitude 纬度
longitude 经度
neighbour neighbor nearby adjacent surrounding 邻居 邻近 周边 附近
age 年龄
sex gender 性别
education schooling school study degree 教育 学历
marital marriage 婚姻
relationship 关系
family household 家庭
occupation job profession 职业
work employment employer labour worker working 工作 就业
class type kind category sort 类别 类型 种类
capital investment 资本 投资
gain profit 收益 盈利 利润
loss deficit 损失 亏损
departure depart leave leaving takeoff 出发 起飞 离港
arrival arrive landing 到达 降落 到港
delay late lateness 延误 晚点 迟到
scheduled planned schedule plan 计划 预定
distance mileage 距离 里程 航程
flight air flying airborne 飞行 航班
carrier airline operator 航空公司 承运
origin from source 始发 出发地
destination target 目的地
fixed nonvolatile 固定
volatile 挥发
acidity acid 酸度 酸
citric 柠檬
residual remaining 残留 剩余
sugar glucose 糖 葡萄糖
chloride salt 氯化物 盐
free 游离
sulfur sulphur 硫
sulphate sulfate 硫酸盐
density gravity 密度
alcohol ethanol abv 酒精
temperature 温度 气温
humidity moisture 湿度
pressure 压力 压强
weight mass 重量 体重
height stature tall 高度 身高
length 长度
width breadth 宽度
depth 深度
speed velocity 速度
lag previous earlier ago 滞后 之前
growth increase change 增长
unemployment jobless 失业
fuel gas petrol gasoline 燃油
holiday vacation 假日 节假日
customer client buyer 客户 顾客
population inhabitant people 人口
pulse heartbeat 脉搏 心率
`;

/** Meanings that many columns of one table share, so that they say less. */
const WEAK = new Set(["number", "total", "area", "class", "mean", "amount", "house", "time"]);

/** What is written in several words and means one thing. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bsquare foot\b|平方英尺/gu, " squarefoot "],
  [/\bsquare met(?:re|er)\b|\bsqm\b|平方米|平米/gu, " squaremetre "],
  [/\bday week\b/gu, " weekday "],
  [/\b(?:sleeping|bed) room\b/gu, " bedroom "],
  [/\b(?:bath|wash|rest) room\b/gu, " bathroom "],
  [/\bsulph?fur dioxide\b|\bso 2\b|二氧化硫/gu, " sulfur dioxide "],
];

/** Most names have none of them. */
const ANY_PHRASE = new RegExp(PHRASES.map(([{ source }]) => source).join("|"), "u");

const CONCEPTS: ReadonlyMap<string, string> = new Map(
  MEANINGS.trim()
    .split("\n")
    .flatMap((line) => {
      const words = line.split(" ");
      return words.map((word) => [word, words[0]!] as const);
    }),
);

const HAN = /\p{Script=Han}/u;
const LONGEST_HAN = Math.max(
  ...[...CONCEPTS.keys()].filter((w) => HAN.test(w)).map((w) => w.length),
);

/** Words that only number the columns of a table. */
const PLACEHOLDERS = new Set(["column", "col", "field", "feature", "variable", "var", "attribute"]);

/** One word of a column name. */
export interface Word {
  /** In a standard form, and replaced by its meaning if it has one. */
  readonly text: string;
  /** Words that many columns share count half. */
  readonly weight: number;
  /** Three letters in a row, the ends of the word being letters too. */
  readonly triples: ReadonlySet<string>;
}

/** What a column name says. */
export type Meaning = readonly Word[];

export function meaningOf(name: string): Meaning {
  let text = nameWords(name).join(" ");
  if (ANY_PHRASE.test(text)) {
    for (const [phrase, word] of PHRASES) text = text.replace(phrase, word);
  }
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => (HAN.test(word) ? hanWords(word) : [word]))
    .map((word) => readWord(CONCEPTS.get(word) ?? word));
}

/** Whether a name tells what is in its column: “x7”, “Column 3” and “V12” do not. */
export function isTelling(meaning: Meaning): boolean {
  return meaning.some(
    ({ text }) => HAN.test(text) || (/\p{L}{2}/u.test(text) && !PLACEHOLDERS.has(text)),
  );
}

/**
 * How alike two names are in what they mean, in [0, 1]: the share of words that have a counterpart
 * of the same meaning or of nearly the same letters (Dice coefficient).
 */
export function meaningSimilarity(a: Meaning, b: Meaning): number {
  if (a.length === 0 || b.length === 0 || numbersOf(a) !== numbersOf(b)) return 0;
  const [left, right] = [shareFound(a, b), shareFound(b, a)];
  return (left.found + right.found) / (left.total + right.total);
}

function shareFound(words: Meaning, others: Meaning) {
  let found = 0;
  let total = 0;
  for (const word of words) {
    total += word.weight;
    found += word.weight * Math.max(...others.map((other) => wordLikeness(word, other)));
  }
  return { found, total };
}

/** "lag 1" and "lag 11" mean different things. */
export function numbersOf(words: Meaning): string {
  return words.flatMap(({ text }) => (/^\d+$/.test(text) ? text : [])).join(" ");
}

/** Letters in common below which two words are taken for different ones. */
const LEAST_LETTERS = 0.6;

export function wordLikeness(a: Word, b: Word): number {
  if (a.text === b.text) return 1;
  const [short, long] = a.text.length < b.text.length ? [a, b] : [b, a];
  if (short.text.length >= 3 && long.text.startsWith(short.text)) return 0.8;
  let shared = 0;
  for (const triple of short.triples) if (long.triples.has(triple)) shared++;
  const letters = (2 * shared) / (short.triples.size + long.triples.size);
  return letters < LEAST_LETTERS ? 0 : letters;
}

/** Words come again in many names. */
const read = new Map<string, Word>();
const MOST_READ = 50_000;

function readWord(text: string): Word {
  const known = read.get(text);
  if (known) return known;
  if (read.size >= MOST_READ) read.clear();
  const word = cutWord(text);
  read.set(text, word);
  return word;
}

function cutWord(text: string): Word {
  const ended = ` ${text} `;
  const triples = new Set(Array.from({ length: text.length }, (_, i) => ended.slice(i, i + 3)));
  return { text, weight: WEAK.has(text) ? 0.5 : 1, triples };
}

/** Chinese is written without spaces: the longest known word at each place, else one character. */
function hanWords(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    let length = Math.min(LONGEST_HAN, text.length - at);
    while (length > 1 && !CONCEPTS.has(text.slice(at, at + length))) length--;
    words.push(text.slice(at, at + length));
    at += length;
  }
  return words.filter((word) => word !== "的");
}
