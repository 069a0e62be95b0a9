import type { Format } from "../words/format";
import { chineseIslandName } from "../words/island-names";
import type { ChartWords } from "./english";

const WATERS: ReadonlyMap<string, string> = new Map([
  ["Business", "商业"],
  ["Financial", "金融"],
  ["Health", "健康"],
  ["Politics", "政治"],
  ["Computer", "计算机"],
  ["Internet", "互联网"],
  ["Traffic", "交通"],
  ["Nature", "自然"],
  ["Fashion", "时尚"],
  ["Industry", "工业"],
  ["Agriculture", "农业"],
  ["Education", "教育"],
  ["Entertainment", "娱乐"],
  ["Architecture", "建筑"],
]);

/** What the chart itself says, in simplified Chinese. */
export function chinese(f: Format): ChartWords {
  return {
    models: (count) => `${f.integer(count)} 个模型`,
    islandName: chineseIslandName,
    island: (name, count) => `${chineseIslandName(name)}，${f.integer(count)} 个模型`,
    water: (tag) => WATERS.get(tag) ?? tag,
    nearer: "放大",
    farther: "缩小",
    all: "全图",
    keys: "方向键移动海图，加号和减号缩放，0 显示全图。",
    pause: "暂停",
    play: "播放",
    legend: {
      label: "图例",
      land: "同一种数据",
      model: "一个训练好的模型",
      lane: "有相同的特征",
      living: "与您相似的数据",
      marker: "您的数据",
    },
  };
}
