import type { Format } from "../../../words/format";
import { chineseThings, type ChineseThings } from "../things";
import type { ChooseWords } from "./english";

/** What is said about what was found, in simplified Chinese. */
export function chinese(
  f: Format,
  { one, unit, each, by, counted }: ChineseThings = chineseThings(f, "table"),
): ChooseWords {
  const models = (count: number) => `${f.integer(count)} 个模型`;

  return {
    choose: {
      title: "适合的模型",
      lead: (compared, all) =>
        `在本机比较了 ${f.integer(all)} 个中的 ${f.integer(compared)} 个：数据有多相似，覆盖了您的多少${one}`,
      options: "选择用什么预测",
      shortlist: (count) => `最佳 ${f.integer(count)} 个，${by}加权`,
      mixture: (count) => `${f.integer(count)} 个模型取平均`,
      mixtureLead: "它们的加权平均比其中任何一个都更接近您的数据。",
      recommended: "推荐",
      alike: "相似",
      covered: (share) => `覆盖 ${share} 的${one}`,
      compare: "比较",
      compareNamed: (name) => `比较 ${name}`,
      line: {
        shortlist: `哪个模型适合哪些${one}，就在那些${one}上起作用`,
        rmse: (value, trivial) => `均方根误差 ${value}；总答平均值为 ${trivial}`,
        accuracy: (value, trivial) => `正确率 ${value}；总答最常见者为 ${trivial}`,
        logLoss: (value, trivial) => `对数损失 ${value}；只知频率为 ${trivial}`,
        r2: (value) => `能解释 ${value} 的变化`,
        none: "没有公布测量过的误差",
      },
      about: "关于它",
      aboutAll: "关于它们",
      picture: {
        label: `您的${one}与它学过的地方，画在一个平面上`,
        lies: (covered, all) => `${counted(all)}中有 ${counted(covered)}与它的训练数据相似`,
        sampled: `您的${one}的一个样本`,
        covered: `已覆盖的${one}`,
        uncovered: (some) => `${counted(some)}未覆盖`,
        land: "它学过的地方（大致）",
        caption: (features) =>
          `${f.integer(features)} 个特征压成的平面图，已转到最能分开已覆盖与未覆盖的${one}的方向。颜色准确，陆地只是大致：图上分开的确实分开，图上靠近的未必靠近。`,
        captionWhole: `按您的各${unit}读来或看来如何压成的平面图，已转到最能分开已覆盖与未覆盖的${one}的方向。颜色准确，陆地只是大致：图上分开的确实分开，图上靠近的未必靠近。`,
        astray: (share) => `未覆盖的${one}中有 ${share} 仍然画在陆地上。`,
        beyond: (some) => `${counted(some)}在图外，画在边上。`,
        working: `正在把您的${one}与它学过的数据放在一起`,
        none: `没有说明它学自什么数据，因此无法把您的${one}与之比较。`,
      },
      differences: {
        title: "差别最大之处",
        lead: `您的${one}与它学过的数据，各取中间 90%`,
        yours: (value) => `您的 ${value}`,
        learnt: (value) => `学过 ${value}`,
        yes: "是",
        range: (low, high) => `${low} 至 ${high}`,
        all: (count) => `全部 ${f.integer(count)} 个特征`,
      },
      uncovered: {
        title: (some) => `${counted(some)}未覆盖`,
        lead: `以及${each}与最近的训练数据差在哪里`,
        none: `${each}都与它的训练数据相似。`,
        cell: (name, yours, learnt) => `${name} ${yours}，而非 ${learnt}`,
        reasons: ["差得最远", "其次", "再次"],
      },
      comparison: {
        title: (count) => `比较 ${f.integer(count)} 个`,
        lead: "最多勾选四张卡片",
        row: "比较的内容",
        alike: "相似度",
        covered: `覆盖您的${one}`,
        measures: {
          rmse: (unit) => `均方根误差${unit && `（${unit}）`}`,
          accuracy: "正确率",
          log_loss: "对数损失",
          r2: "解释的变化",
        },
        learnt: `训练${one}数`,
        size: "下载大小",
        licence: "许可证",
        features: "您有的特征",
        ofFeatures: (held, all) => `${f.integer(all)} 个中的 ${f.integer(held)} 个`,
        models: "模型数",
        best: "最佳",
        unknown: "–",
      },
      answers: "我知道一些答案",
      answersFrom: (column) => `答案：${column}`,
      narrow: "缩小范围",
      ready: (count, name, alike) => `已比较 ${models(count)}。推荐：${name}，相似度 ${alike}。`,
      readyNone: (count) => `已比较 ${models(count)}，没有适合的。`,
      openPage: "打开它的页面",
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
      coverage: (share) => `您有 ${share} 的${one}与它的训练数据相似`,
      notes: {
        more: (count) => `另外 ${models(count)}的自述列在预测结果旁。`,
        others: (count) => `另外 ${models(count)}的自述`,
        title: "这些模型的自述",
      },
      sameRows: (names) =>
        `${f.list(names.map((name) => `“${name}”`))}似乎正是在这些${one}（或其中大部分）上训练的。它在这些${one}上的表现，不能说明它在其他${one}上的表现。`,
      quality: `在它没有见过的${one}上`,
      rmse: (value, trivial) => `误差（均方根）为 ${value}；总是回答平均值则为 ${trivial}`,
      published: {
        title: `在各自没有见过的${one}上`,
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
      learntFrom: (some) => `训练数据 ${counted(some)}`,
      licence: (licence) => `许可证 ${licence}`,
      size: (bytes) => `下载 ${bytes}`,
      source: (source) => `来源 ${source}`,
      more: (count, left) =>
        `再显示 ${f.integer(count)} 个${left > count ? `（还有 ${f.integer(left)} 个）` : ""}`,
      nothing: "没有适合您数据的模型",
      nothingWhy: (similarity, coverage) =>
        `只有当相似度不低于 ${similarity}、且覆盖您至少 ${coverage} 的${one}时，Berth 才会推荐一个模型。目前没有这样的模型，勉强预测等于在模型从未见过的地方猜测。`,
      target: (target) => `您的表格已有“${target}”列。预测会放在它旁边，便于比较。`,
      nothingAtAll: "服务器上没有针对这类数据和目标的模型，因此无从比较。",
      nothingCompared: (found, total, needed) =>
        `这些模型所用的 ${f.integer(total)} 列中，只有 ${f.integer(found)} 列可以与您的表格比较。不足 ${needed} 时，无论这些列多么相似，都不作推荐：模型还要用到其余各列，而那些值只能是猜测。`,
      nothingPasses: "这类数据没有符合您所填词语和条件的模型，因此无从比较。",
      nothingTodo: "请在“匹配”一步检查单位和列的对应，或等服务器有了更多模型再来。",
      notCompared: (name) => `${name}：是为上一个文件选择的，尚未与这个文件比较。`,
      compareNow: "与这个文件比较",
      outdated: "如果服务器上有它的新版本，只有重新查找才能找到。",
      sameAs: (name) => `与“${name}”几乎相同：训练数据相似，回答也相似。`,
      notRecommended: (count) => `不推荐：最接近的 ${models(count)}`,
      notAdvised: "不推荐用于您的数据：无论看起来多么确定，它的预测都可能相差很远。",
      run: "用它预测",
      downloading: "正在下载模型",
      predicting: "正在预测",
      starting: "正在启动模型",
    },
  };
}
