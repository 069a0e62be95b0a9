import type { NoOwnModel, OwnFigures } from "../../../../contracts/workers/own-plan";
import type { LeftOutReason } from "../../../../engine/kinds/table/own/own-inputs";
import type { ModelKind } from "../../../../engine/learner/choose-model";
import type { Format } from "../../../words/format";
import type { english } from "./english";

type English = ReturnType<typeof english>;

/** Words of a model trained on the user's own rows, pictures or texts, in simplified Chinese. */
export function chinese(f: Format): English {
  const pictures = (count: number) => `${f.integer(count)} 张图片`;
  const ofPictures = wordsOf(f, pictures, "图片");
  const texts = (count: number) => `${f.integer(count)} 段文本`;
  const ofTexts = wordsOf(f, texts, "文本");
  return {
    own: wordsOf(f, (count) => `${f.integer(count)} 行`, "行"),
    ownOfPictures: {
      ...ofPictures,
      ask: "它应学习哪种标签？",
      train: "用您自己的图片训练模型",
      none: "这里没有图片带有标签。把图片放进以内容命名的文件夹，总共至少 20 张，就可以用它们训练模型。",
      training: "正在用您的图片训练",
      predicting: "正在预测您的图片",
      keepWhat: "只有学到的内容；不含您的任何图片。",
      turnedAway: (target) => `没有使用您的“${target}”模型：它用的是表格的列，而这些是图片。`,
      refusals: {
        ...ofPictures.refusals,
        few_answers: "带标签的图片太少：模型至少需要 20 张才能学习。",
      },
      learned: (_, answers) =>
        `线性模型根据每张图片中看到的内容，从 ${pictures(answers)}已知的标签中学习。`,
      cross: "在标签已知的图片上，预测来自没有见过该图片的模型。",
      holds:
        "一个 zip 文件，内有一个模型文件（ONNX），以图片为输入，预测方式与上面完全相同，另有标签和一份 README。其中没有您的任何图片，也没有文件名，但有标签和从您的图片中学到的内容：请只在愿意透露这些内容时分享。",
      shareWhat:
        "把它制成学件：学到的内容、标签和图片的轮廓，不含任何图片。发送之前您会逐字节看到它。",
      again: "用这些标签重新训练",
      againWhy: "它们优先于原先学习的标签。它们只留在此标签页中。",
    },
    ownOfTexts: {
      ...ofTexts,
      train: "用您自己的文本训练模型",
      training: "正在用您的文本训练",
      predicting: "正在预测您的文本",
      keepWhat: "学到的内容：您的文本中的词，以及每个词说明多少。不含完整的文本。",
      turnedAway: (target) => `没有使用您的“${target}”模型：这个表格没有这样的文本列。`,
      refusals: {
        ...ofTexts.refusals,
        few_answers: "带标签的文本太少：模型至少需要 20 段才能学习。",
        many_values: "文本只能分成类别：这一列是数字，或者不同的值太多。",
        no_inputs: "没有一个词出现在两段以上的文本中，因此无从区分类别。",
      },
      learned: (_, answers) => `线性模型根据每段文本中的词，从 ${texts(answers)}已知的标签中学习。`,
      cross: "在标签已知的文本上，预测来自没有见过该文本的模型。",
      holds:
        "一个 zip 文件，内有一个模型文件（ONNX），以文本为输入，预测方式与上面完全相同，另有标签和一份 README。其中没有您的完整文本，但有其中的词，得到它的人都能读到：请只在愿意透露这些内容时分享。",
      shareWhat:
        "把它制成学件：模型（含有出现在您两段以上文本中的词）、标签和文本的轮廓，不含完整的文本。得到它的人都能读到这些词。发送之前您会逐字节看到它。",
    },
  };
}

/**
 * @param rows - 这么多用于学习的数据。
 * @param head - 这种数量的列的标题。
 */
function wordsOf(f: Format, rows: (count: number) => string, head: string): English["own"] {
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
    share: "分享 …",
    shareWhat: "把它制成学件：模型和数据的轮廓，不含任何一行。发送之前您会逐字节看到它。",
    sharing: "正在制成学件",
    holds: null,
    from: "学习自",
    ofTexts: (column) => `“${column}”中的文本`,
    ofColumns: "其他各列",
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
      heads: ["把握", "正确", "95%", head],
      range: (low, high) => `${low} 到 ${high}`,
    },
    classes: {
      title: "逐个类别",
      caption: "每个类别被找出的比例，以及说出时正确的比例",
      heads: ["类别", head, "找出", "说出时正确"],
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
      heads: ["预测", "中位", "十分之九", head],
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
  };
}
