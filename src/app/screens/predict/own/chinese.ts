import type { NoOwnModel, OwnFigures } from "../../../../contracts/workers/own-plan";
import type { LeftOutReason } from "../../../../engine/kinds/table/own/own-inputs";
import type { ModelKind } from "../../../../engine/learner/choose-model";
import type { Format } from "../../../words/format";
import type { english } from "./english";

/** Words of a model trained on the user's own rows, in simplified Chinese. */
export function chinese(f: Format): ReturnType<typeof english> {
  const rows = (count: number) => `${f.integer(count)} 行`;
  const figure = (measure: OwnFigures["measure"], value: number) =>
    measure === "rmse" ? f.number(value) : f.percent(value);
  const refusals: Record<NoOwnModel, string> = {
    no_column: "没有这一列。",
    few_answers: "这一列有值的行太少：模型至少需要 20 行才能学习。",
    one_value: "这一列已知的值都相同，没有可学的内容。",
    single_rows: "这一列的值几乎都只出现一次，没有可学的内容。",
    too_large: "这一列的数太大，无法计算。",
    many_values: "这一列不能这样预测：不同的值太多，或者不是数。",
    no_inputs: "其他各列都没有模型可以学习的内容。",
  };
  const leftOut: Record<LeftOutReason, string> = {
    identifier: "只用来区分各行",
    text: "自由文本",
    constant: "始终相同",
    unasked: "由您排除",
    answered: "只在答案已知的行有值",
    too_many: "列太多",
  };
  const kinds: Record<ModelKind, string> = { linear: "线性模型", trees: "提升树" };
  return {
    own: {
      ask: "您想填补哪一列？",
      train: "用您自己的行训练模型",
      stays: "在这里训练；什么都不发送。",
      none: "这里没有可以填补的列：每列至少需要 20 个已知的值。",
      training: "正在用您的行训练",
      predicting: "正在预测您的行",
      kept: (target, date, answers) => `您自己的“${target}”模型，${date}用 ${rows(answers)}训练`,
      use: "用它预测",
      forget: "忘记",
      forgetKept: (target, date) => `忘记 ${date} 的 ${target} 模型`,
      otherColumns: (models) => `另有 ${f.integer(models)} 个您自己的模型用于其他列`,
      lacks: (columns) => `这张表缺少 ${f.list(columns)}：预测时视为未知。`,
      otherUnit: ({ name, here, learned }) =>
        `“${name}”在这里的单位是 ${here ?? "（无）"}，学习时是 ${learned ?? "（无）"}；未作换算。`,
      keep: "留在本设备",
      keepWhat: "只有学到的内容；不含表格中的任何一行。",
      isKept: "已留在本设备。",
      noRoom: "浏览器没有空间保存它。",
      by: (fileName, date, answers) =>
        `由您自己的模型预测，${date}用 ${fileName} 中的 ${rows(answers)}训练。`,
      turnedAway: (target) => `没有使用您的“${target}”模型：这张表缺少太多它所用的列。`,
      refusals,
      title: (target) => `${target}，由您自己的模型预测`,
      learned: (kind, answers) => `${kinds[kind]}从 ${rows(answers)}已知答案的数据中学习。`,
      wanted: (count) => `它填补了没有答案的 ${rows(count)}。`,
      cross: "在答案已知的行，预测来自没有见过该行的模型。",
      good: ({ measure, value, interval: [low, high], trivial, rows: count }) =>
        measure === "rmse"
          ? `在它没有见过的 ${rows(count)}上，误差为 ${figure(measure, value)}（${figure(measure, low)} 到 ${figure(measure, high)}）。总是回答平均值的误差为 ${figure(measure, trivial)}。`
          : `在它没有见过的 ${rows(count)}上，${figure(measure, value)} 正确（${figure(measure, low)} 到 ${figure(measure, high)}）。总是回答最常见的答案，${figure(measure, trivial)} 正确。`,
      calibration: {
        title: "有多可信",
        picture: "未用于训练的行按模型的把握分组后预测正确的比例",
        how: "点：在相应把握（横轴）下正确的比例（纵轴）及 95% 区间。落在虚线上，说明它的把握与实际相符。",
        table: "以表格显示",
        heads: ["把握", "正确", "95%", "行"],
        range: (low, high) => `${low} 到 ${high}`,
      },
      classes: {
        title: "逐个类别",
        caption: "每个类别被找出的比例，以及说出时正确的比例",
        heads: ["类别", "行", "找出", "说出时正确"],
        never: "从未说出",
        more: (count) => `另有 ${f.integer(count)} 个较少的类别`,
        auc: (share) =>
          `对答案不同的两行，${f.percent(share)}能分清哪行是哪个（AUC；随机为 ${f.percent(0.5)}）。`,
        crossed: "哪个被当成了哪个",
        known: "实际 \\ 预测",
      },
      residuals: {
        title: "误差有多大",
        picture: "未用于训练的行按预测大小分组后答案与预测之差",
        how: "纵轴：答案减预测；横轴：预测。方框为中间一半，竖线为十分之九。围绕虚线说明平均而言准确。",
        table: "以表格显示",
        heads: ["预测", "中位", "十分之九", "行"],
        range: (low, high) => `${low} 到 ${high}`,
      },
      useless: "并不比最简单的答案更好：请不要依靠这些预测。",
      counted: "什么起了作用",
      leak: (column) => `仅凭“${column}”就几乎能完全得知答案。它事先已知吗？`,
      leaveOut: "不用它重新训练",
      lonely: (count) => `${rows(count)}的值只出现一次，没有用来学习。`,
      leftOutTitle: "没有用来学习的列",
      leftOut: (column, why) => `${column}：${leftOut[why]}`,
      as: { regression: "作为数预测。", classification: "作为类别预测。" },
      asOther: { regression: "改为类别", classification: "改为数" },
    },
  };
}
