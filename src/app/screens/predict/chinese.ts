import type { Format } from "../../words/format";
import { chinese as start } from "./start/chinese";
import { chinese as columns } from "./columns/chinese";
import { chinese as match } from "./match/chinese";
import { chinese as find } from "./find/chinese";
import { chinese as choose } from "./choose/chinese";
import { chinese as predictions } from "./predictions/chinese";
import type { PredictWords } from "./english";

/** Every word of the way from a table to predictions, in simplified Chinese. */
export function chinese(f: Format): PredictWords {
  const rows = (count: number) => `${f.integer(count)} 行`;
  const learnwares = (count: number) => `${f.integer(count)} 个学件`;

  return {
    steps: {
      label: "步骤",
      table: "数据",
      profile: "列",
      mapping: "匹配",
      find: "查找",
      choose: "选择",
      predictions: "预测",
    },
    stages: {
      read: "正在读取文件",
      encode: "正在换算到岛屿的尺度",
      cluster: "正在归并相似的行",
      weigh: "正在计算权重",
      refine: "正在细化描述",
      check: "正在检查是否有行可被辨认",
      match: "正在与您的行比较",
      train: "正在训练",
      predict: "正在预测",
      write: "正在写入文件",
      download: "正在下载",
    },
    rows,
    learnwares,
    ...start(),
    ...columns(f),
    ...match(f),
    ...find(f),
    ...choose(f),
    ...predictions(f),
  };
}
