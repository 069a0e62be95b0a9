import type { Format } from "../../../words/format";
import type { ChooseWords } from "./english";

/** What is said about what was found, in simplified Chinese. */
export function chinese(f: Format): ChooseWords {
  const rows = (count: number) => `${f.integer(count)} 行`;
  const learnwares = (count: number) => `${f.integer(count)} 个学件`;

  return {
    choose: {
      title: "适合的学件",
      lead: "以下数值由本机用您的数据（至多 10,000 行）计算得出。",
      options: "可选的学件",
      mixture: (count) => `最佳组合：${learnwares(count)}`,
      mixtureLead: "它们的加权平均比其中任何一个都更接近您的数据。",
      predicts: (target) => `预测 ${target}`,
      inUnit: (unit) => `单位 ${unit}`,
      labels: (labels) => `取值为 ${labels} 之一`,
      features: (matched, total) =>
        matched === total
          ? `它的 ${f.integer(total)} 个特征您都有`
          : `它的 ${f.integer(total)} 个特征中，您有 ${f.integer(matched)} 个`,
      distance: (words, similarity) => `它的训练数据与您的数据${words}（相似度 ${similarity}）`,
      distanceSome: (similarity) => `它的训练数据与您的数据有些相似（相似度 ${similarity}）`,
      distanceFar: (similarity) => `它的训练数据与您的数据相距很远（相似度 ${similarity}）`,
      closenesses: { very_close: "非常接近", close: "接近", some: "有些相似", far: "相距很远" },
      compared: (found, total, most) =>
        `${f.integer(total)} 列中只有 ${f.integer(found)} 列可以比较。其余各列按不相似计，因此相似度至多为 ${most}`,
      coverage: (share) => `您有 ${share} 的行落在它学过的范围内`,
      notes: {
        more: (count) => `另外 ${learnwares(count)}的自述列在预测结果旁。`,
        others: (count) => `另外 ${learnwares(count)}的自述`,
        title: "这些模型的自述",
      },
      sameRows: (names) =>
        `${f.list(names.map((name) => `“${name}”`))}似乎正是在这些行（或其中大部分）上训练的。它在这些行上的表现，不能说明它在其他行上的表现。`,
      quality: "在它没有见过的行上",
      rmse: (value, trivial) => `误差（均方根）为 ${value}；总是回答平均值则为 ${trivial}`,
      published: {
        title: "在各自没有见过的行上",
        rmse: (least, most) => `误差（均方根）为 ${least} 至 ${most}`,
        accuracy: (least, most) => `正确率为 ${least} 至 ${most}`,
        logLoss: (least, most) => `对数损失为 ${least} 至 ${most}`,
        r2: (least, most) => `能解释 ${least} 至 ${most} 的变化`,
        by: (count, all) =>
          count === all ? "" : `（${f.integer(all)} 个中有 ${f.integer(count)} 个公布）`,
        none: "没有测量过的误差：它们都没有公布。",
      },
      measured: {
        title: "在您的答案上",
        rmse: (value, low, high) => `误差（均方根）为 ${value}（95% 区间：${low} 至 ${high}）`,
        right: (value, low, high) => `正确率为 ${value}（95% 区间：${low} 至 ${high}）`,
        willBe: "预测时会测量",
        unknown: "未知，因为没有给出答案",
      },
      r2: (value) => `能解释 ${value} 的变化；总是回答平均值则完全不能解释`,
      accuracy: (value, trivial) => `正确率 ${value}；总是回答最常见的一类则为 ${trivial}`,
      logLoss: (value, trivial) => `对数损失 ${value}（越低越好）；只知道频率则为 ${trivial}`,
      noMetrics: "没有公布留出数据上的表现",
      learntFrom: (count) => `训练数据 ${rows(count)}`,
      licence: (licence) => `许可证 ${licence}`,
      size: (bytes) => `下载 ${bytes}`,
      source: (source) => `来源 ${source}`,
      more: (count, left) =>
        `再显示 ${f.integer(count)} 个${left > count ? `（还有 ${f.integer(left)} 个）` : ""}`,
      nothing: "没有适合您数据的学件",
      nothingWhy: (similarity, coverage) =>
        `只有当相似度不低于 ${similarity}、且覆盖您至少 ${coverage} 的行时，Berth 才会推荐一个学件。目前没有这样的学件，勉强预测等于在模型从未见过的地方猜测。`,
      target: (target) => `您的表格已有“${target}”列。预测会放在它旁边，便于比较。`,
      nothingAtAll: "这座岛屿上没有预测该目标的学件，因此无从比较。",
      nothingCompared: (found, total, needed) =>
        `这些学件所用的 ${f.integer(total)} 列中，只有 ${f.integer(found)} 列可以与您的表格比较。不足 ${needed} 时，无论这些列多么相似，都不作推荐：模型还要用到其余各列，而那些值只能是猜测。`,
      nothingPasses: "这座岛屿上没有符合您所填词语和条件的学件，因此无从比较。",
      nothingTodo: "请在“匹配”一步检查单位和列的对应，或等船坞里有了更多学件再来。",
      sameAs: (name) => `与“${name}”几乎相同：训练数据相似，回答也相似。`,
      notRecommended: (count) => `不推荐：最接近的 ${learnwares(count)}`,
      notAdvised: "不推荐用于您的数据：无论看起来多么确定，它的预测都可能相差很远。",
      run: "用它预测",
      downloading: "正在下载模型",
      predicting: "正在预测",
      starting: "正在启动模型",
    },
  };
}
