import type { KindName } from "../../../engine/ground/kind-name";
import type { Format } from "../../words/format";
import { chineseThings } from "./things";
import { chinese as columns } from "./columns/chinese";
import { chinese as gallery } from "./gallery/chinese";
import { chinese as match } from "./match/chinese";
import { chinese as find } from "./find/chinese";
import { chinese as choose } from "./choose/chinese";
import { chinese as own } from "./own/chinese";
import { chinese as predictions } from "./predictions/chinese";
import type { PredictWords } from "./english";

/** Every word of the way from a table to predictions, in simplified Chinese. */
export function chinese(f: Format, kind: KindName = "table"): PredictWords {
  const things = chineseThings(f, kind);
  const learnwares = (count: number) => `${f.integer(count)} 个模型`;

  return {
    kind,
    steps: {
      world: "这台服务器的海图",
      onIsland: (island) => `您的数据在岛屿 ${island} 上；打开全图`,
      notPlaced: "还没有位置",
      label: "步骤",
      names: { data: "数据", match: "匹配", models: "模型", predictions: "预测" },
      aims: {
        data: "查看表格",
        match: "这是哪一类数据",
        models: "选择由谁预测",
        predictions: "查看，然后下载",
      },
      change: "换一个文件",
      keep: "把数据保存在本设备",
      keepHint: "把您的数据存进这个浏览器，以便改天继续。它从不发送。",
      copyLink: "复制指向这里的链接",
      linkCopied: "已复制：数据类型、模型和各列的位置。其中没有列名，也没有数值。",
      size: (rowCount, columns) => `${things.counted(rowCount)}，${f.integer(columns)} 列`,
      whole: (island, what) => `${island}，${what}`,
      trained: "在此训练",
      matched: (island, matched, total) =>
        `${island}，${f.integer(total)} 个特征中的 ${f.integer(matched)} 个`,
      used: (models) => `${f.integer(models)} 个模型`,
    },
    verdict: {
      matched: (matched, total) => `${f.integer(total)} 列中的 ${f.integer(matched)} 列`,
      models: (count) => `${f.integer(count)} 个模型`,
      asked: (name) => `使用链接指定的“${name}”`,
      unmet: {
        gone: "链接指向的内容已不在这台服务器上。",
        unlike: "链接指向的模型需要的列与这个表格的列不同。",
        uncompared: "链接指向的模型不在已比较的模型之中。请选择另一个。",
      },
      predict: "预测",
      what: "您想了解它们的什么？",
      chooseWhat: "选择",
      choose: "看看最接近的",
      none: "这里没有为这样的表格训练的模型",
      noTexts: {
        equal: (column) => `“${column}”中的文本全都相同：无从区分`,
        empty: (column) => `“${column}”中没有文本：每个单元格都是空的`,
      },
      looking: "正在寻找为这样的数据训练的模型……",
    },
    stages: {
      read: "正在读取文件",
      encode: "正在换算到数据类型的尺度",
      cluster: "正在归并相似的内容",
      weigh: "正在计算权重",
      refine: "正在细化描述",
      check: `正在检查是否有${things.one}可被辨认`,
      match: "正在与您的数据比较",
      train: "正在训练",
      predict: "正在预测",
      write: "正在写入文件",
      download: "正在下载",
    },
    counted: things.counted,
    learnwares,
    ...columns(f),
    ...gallery(f),
    ...match(f),
    ...find(f, things),
    ...choose(f, things),
    ...predictions(f, things),
    ...own(f),
  };
}
