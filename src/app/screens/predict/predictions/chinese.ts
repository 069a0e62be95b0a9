import type { Format } from "../../../words/format";
import type { Account, ReuserName } from "../../../../engine/reuse/reuser";
import { heaviest } from "./heaviest";
import { chineseThings, type ChineseThings } from "../things";
import type { PredictionsWords } from "./english";

/** What is said about predictions, and how they were made, in simplified Chinese. */
export function chinese(
  f: Format,
  things: ChineseThings = chineseThings(f, "table"),
): PredictionsWords {
  const { kind, one, unit, counted } = things;
  const written = (count: number) =>
    kind === "table" ? counted(count) : `${f.integer(count)} 个标签`;
  return {
    predictions: {
      title: (target) => `预测的 ${target}`,
      lead: (all, least, most, unit) => `${all}，从 ${least} 到 ${most}${unit && ` ${unit}`}`,
      leadOfClasses: (all, classes) => `${all}，${f.integer(classes)} 类`,
      judge: "采用之前请先判断",
      halfBelow: (value) => `一半低于 ${value}`,
      doubtFirst: (count) => `先看存疑的 ${f.integer(count)} 个`,
      doubtReason: (names) =>
        names.length > 0 ? `在${f.list(names)}上相差很远` : "离模型训练数据的轮廓很远",
      noDoubt: "没有一个离模型训练数据的轮廓很远",
      modelsSay: "各模型的答案",
      modelsSayWhy: `灰条：各模型对这${unit}的答案的中间一半。圆点：预测值。`,
      between: (low, high) => `${low} 至 ${high}`,
      agreeing: "同意的模型",
      farIn: "相差很远的列",
      table: "预测与您的各列",
      countedMost: `权重最大的${one}数`,
      countedMostOf: "权重最大",
      others: (count) => `其余 ${f.integer(count)} 个`,
      another: "用于另一个文件",
      anotherWhy:
        kind === "table"
          ? "列要相同。列的对应和模型都不变，也不再搜索。列不同的文件会作为新表格读入。"
          : `用同样的方式预测其中的${one}，不再搜索。`,
      histogram: (target) => `${target} 预测值的分布`,
      none: `模型没有为任何一${unit}给出可用的数值。`,
      probability: "概率",
      download: (count) => `下载 ${written(count)}`,
      downloadAs: "文件格式",
      fillEmpty: (column) => `只填写“${column}”中的空单元格`,
      onlyEmpty: (column) => `只下载“${column}”为空的${one}`,
      writing: "正在写入文件",
      saved: (name, count) => `${written(count)}已保存为 ${name}。`,
      caution: "预测是由在他人数据上训练的模型给出的估计。请先根据本页的数字判断，再决定是否采用。",
      cautionStays: "下载的文件中也有“caution”一列注明这一点。",
    },
    reuse: reuse(f, things),
  };
}

/** What the page says about answers, ways of reuse and what was done, in Chinese. */
function reuse(
  f: Format,
  { kind, one, each, by, counted }: ChineseThings,
): PredictionsWords["reuse"] {
  const models = (count: number) => `${f.integer(count)} 个模型`;
  const answers = (count: number) => `${f.integer(count)} 个答案`;
  const learners = { linear: "线性模型", trees: "决策树模型" };
  const ways: Record<ReuserName, string> = {
    average: "加权平均",
    vote: "投票",
    select: `${by}选最可能的模型`,
    weigh_by_row: `${by}加权`,
    stack: "按您的答案加权",
    own_model: "您自己的模型（不用模型）",
    guided_model: "您的列，由模型指引",
    prune: "选出最好的几个取平均",
    head: "修正最好的一个",
    augment_linear: "模型加您的列，线性模型",
    augment_trees: "模型加您的列，决策树",
    combine: "几种方式合用",
  };
  const account = (done: Account, names: readonly string[]): string => {
    if ("heaviest" in done && done.learnwares === 1) {
      return `仅由“${names[done.heaviest] ?? ""}”预测。`;
    }
    switch (done.code) {
      case "averaged":
        return `${models(done.learnwares)}的加权平均，其中“${names[done.heaviest] ?? ""}”权重最大（${f.percent(done.share)}）。`;
      case "voted":
        return `由 ${models(done.learnwares)}投票，其中“${names[done.heaviest] ?? ""}”权重最大（${f.percent(done.share)}）。`;
      case "selected":
        return `${each}由最可能学过类似数据的模型回答：${countsOf(done.rowsOf, names)}。${abstained(done.abstained)}`;
      case "weighed_by_row":
        return `对${each}，它与某个模型的训练数据越像，且${kind === "table" ? "这个模型的答案与其他模型越接近" : "这个模型认识的类别越多"}，这个模型的权重就越大。权重最大的依次为：${countsOf(done.rowsOf, names)}。${abstained(done.abstained)}`;
      case "pruned":
        return `从 ${models(done.of)}中选出合起来最符合您 ${answers(done.labels)}的 ${f.integer(done.kept.length)} 个，取其平均。`;
      case "stacked":
        return done.isMixture
          ? `您的 ${answers(done.labels)}没有给出改变权重的理由，因此仍按模型数据与您数据的相似程度加权。`
          : `按模型与您 ${answers(done.labels)}的符合程度加权：${weightsOf(done.weights, names)}。`;
      case "headed": {
        const best = `在 ${models(done.of)}中，“${names[done.learnware] ?? ""}”最符合您的 ${answers(done.labels)}`;
        return done.isCorrected
          ? `${best}；它的回答已按这些答案所显示的误差加以修正。`
          : `${best}，而且没有理由修正它的回答。`;
      }
      case "own_model":
        return `没有使用任何模型：${learners[done.learner]}在此标签页中从您的 ${answers(done.labels)}和 ${f.integer(done.columns)} 列学习得到。`;
      case "guided":
        return `在此标签页中，先按您的 ${f.integer(done.columns)} 列为 ${models(done.learnwares)}的回答拟合一条直线，再用您的 ${answers(done.labels)}加以修正；模型越倚重的列，修正可以越大。`;
      case "combined":
        return `按各方式在您的 ${answers(done.labels)}上的表现，以及没有答案时对各方式的预期，将几种方式加权平均：${f.list(done.ways.map(({ way, share }) => `${ways[way]}（${f.percent(share)}）`))}。`;
      case "augmented":
        return `${learners[done.learner]}在此标签页中从您的 ${answers(done.labels)}学会了用您的 ${f.integer(done.columns)} 列来修正 ${models(done.learnwares)}的回答。`;
    }
  };
  const abstained = (some: number) =>
    some > 0 ? `有 ${counted(some)}与任何模型的数据都不像，取了平均。` : "";
  const countsOf = (counts: readonly number[], names: readonly string[]) =>
    f.list(heaviest(counts, names).map(({ name, weight }) => `“${name}”（${counted(weight)}）`));
  const weightsOf = (weights: readonly number[], names: readonly string[]) =>
    f.list(heaviest(weights, names).map(({ name, weight }) => `“${name}”（${f.percent(weight)}）`));

  return {
    shortlistLead: (count) =>
      `从 ${models(count)}中选用：按您${each}的样子${by}加权；如果您知道一些答案，则采用答对最多的方式。`,
    ask: `您是否知道某些${one}的答案？`,
    askWhy:
      "如果您的表格中有一列就是要预测的内容，不知道的行留空，Berth 就会用它来检验模型，并学习如何组合它们。几十个答案就很有帮助。答案不会离开此标签页。",
    askColumn: "答案所在的列",
    noColumn: "没有",
    known: (count, others) =>
      `找到 ${answers(count)}。${others > 0 ? `所有${one}都会预测，包括没有答案的 ${counted(others)}。` : `${each}都有答案，因此可以看出模型的表现。`}`,
    comparing: "正在比较组合模型的方式",
    preparing: "正在用您的数据试运行模型",
    firstLook: (some) => `先看 ${some}。其余随后给出，结果可能会有变化。`,
    ways,
    lacks: {
      labels: "需要答案",
      more_labels: "需要更多答案",
      evidence: `这些模型无法${by}比较`,
      features: "您的表格没有可供学习的列",
      other_task: "不适用于这类预测",
    },
    account,
    waysTitle: (count) => `全部 ${f.integer(count)} 种方式，用您的答案比较`,
    waysUntried: (count) => `其他组合方式（${f.integer(count)} 种）`,
    waysLead: (count, isByTime) =>
      `在 ${answers(count)}上检验，${isByTime ? "按时间先后分为五段" : "随机分为五份"}：每种方式从其中四份学习，在另一份上评判，共五轮。推荐哪一种，由此表中的数值决定。`,
    reasons: {
      least: "推荐：没有更好的方式",
      combination: "推荐：把不需要答案的方式与从答案中学习的几种方式合用，其他方式并未好到超出偶然",
      simplest: "推荐：在不比最好者差到超出偶然的方式中，它最简单",
    },
    waysLabel: "组合模型的方式",
    way: "方式",
    error: (unit) => `误差（均方根${unit && `，${unit}`}）`,
    brier: "概率的误差（Brier 分数）",
    accuracy: "正确率",
    interval: (low, high) => `${low} 至 ${high}`,
    intervalTitle: "95% 区间",
    asGood: "不比最好者差到超出偶然",
    recommended: "推荐",
    inUse: "使用中",
    use: "使用",
    useNamed: (name) => `使用：${name}`,
    judged: (count, value, low, high) =>
      `在您的 ${answers(count)}上，误差（均方根）为 ${value}（95% 区间：${low} 至 ${high}）。`,
    judgedRight: (count, value, low, high) =>
      `在您的 ${answers(count)}上，正确率为 ${value}（95% 区间：${low} 至 ${high}）。`,
    ownWins: "您自己的模型表现最好",
    ownWinsWhy: (count) =>
      `就 ${answers(count)}所能判断的而言，仅从您的表格学到的模型不逊于加上这些模型的任何方式，因此这里不需要模型。`,
    ownCaution:
      "预测是由在您自己的答案上训练的模型给出的估计。请先根据本页的数字判断，再决定是否采用。",
    ownUse: "使用您自己的模型",
    leftOut: (count) => `${models(count)}无法使用，已排除`,
    blank: (some: number, all: number) =>
      `${counted(all)}中有 ${counted(some)}没有任何模型给出可用的数值。页面和下载文件中的相应单元格为空。`,
    far: (share) =>
      `有 ${share} 的${one}与模型训练数据的轮廓相距很远。请谨慎对待它们的预测；这些${one}在“far_from_training”列中标出。`,
    intervals: (held, of, share) =>
      `每个预测的范围，十次中应有九次包含真实值。您的 ${answers(of)}逐份留出检验，有 ${f.integer(held)} 个落在范围内（${share}）。`,
    intervalsUntested: "每个预测的范围，十次中应有九次包含真实值。您的答案太少，无法检验这一点。",
    model: {
      download: "下载为模型",
      about: "其中有什么",
      what: "一个 zip 文件，内有一个与上面预测方式完全相同的模型文件（ONNX），以及在 Python 或 JavaScript 中运行它的脚本：不用 Berth，即可对列相同的表格进行预测。",
      holds: (hasAnswers) =>
        `其中没有您表格的任何一行，但有列名、类别取值${hasAnswers ? "、从您的答案中学到的内容" : ""}；如果它也能作为模型供他人使用，还有勾勒您数据的虚构点。请只在愿意透露这些内容时分享。`,
      notWritten: {
        filled_in: "此处无法下载为模型：您的表格缺少模型所需的列，由每个模型在运行时自行补上。",
        whole: `几个模型合起来预测${one}的方式还不能写成一个模型。每个模型可以在它自己的页面下载。`,
      },
      writing: "正在写入模型",
      saved: (name) => `已保存为 ${name}。使用方法见其中的 README.md。`,
    },
    low: "下限（90%）",
    high: "上限（90%）",
  };
}
