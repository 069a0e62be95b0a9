import { scenarioNames } from "../../words/scenario-names";
import type { Format } from "../../words/format";
import type { ModelsWords } from "./english";

/** What is said about the list of models, in Chinese. */
export function chinese(f: Format): ModelsWords {
  const models = (count: number) => `${f.integer(count)} 个模型`;
  const named: Readonly<Record<string, string>> = {
    ...scenarioNames,
    Classification: "若干类别之一",
    Regression: "一个数值",
    "Feature Extraction": "特征",
    Segmentation: "分割",
    "Object Detection": "目标检测",
    Table: "表格",
    Image: "图像",
    Text: "文本",
    tiny: "10 kB 以下",
    small: "10 至 100 kB",
    medium: "100 kB 至 1 MB",
    large: "1 至 10 MB",
    huge: "10 MB 以上",
    strong: "误差不到一半",
    fair: "误差至少小五分之一",
    weak: "误差几乎不减",
    unmeasured: "未测量",
  };
  return {
    title: "模型",
    search: "搜索模型",
    placeholder: "想知道什么？房价、flight delays ……",
    go: "搜索",
    leaves: "填写的内容只在您搜索时发送给服务器，此前不会。",
    stays: "填写的内容不会离开这个标签页。",
    narrow: "筛选",
    narrowed: (count) => (count === 0 ? "筛选" : `筛选（${f.integer(count)}）`),
    close: (count) => `显示 ${models(count)}`,
    clear: "全部清除",
    facets: {
      data: "适用于",
      task: "预测的是",
      scenario: "领域",
      island: "数据类型",
      size: "下载大小",
      skill: "误差（与总答平均值相比）",
      licence: "许可证",
    },
    value: (facet, value) =>
      value === "Others" ? (facet === "licence" ? "未说明" : "其他") : (named[value] ?? value),
    moreValues: (count) => `另外 ${f.integer(count)} 项`,
    fewerValues: "收起",
    count: models,
    order: "排序",
    orders: {
      best: "最相关",
      name: "名称",
      skill: "误差最小",
      rows: "训练行数最多",
      size: "下载最小",
    },
    results: "找到的模型",
    searching: "正在搜索",
    predicts: (target, unit) =>
      unit === undefined ? `预测 ${target}` : `预测 ${target}（${unit}）`,
    metric: {
      rmse: (value, trivial) => `误差 ${value}（均方根），总答平均值则为 ${trivial}`,
      r2: (value) => `解释了 ${value} 的变化`,
      accuracy: (value, trivial) => `正确率 ${value}，总答最常见的类别则为 ${trivial}`,
      log_loss: (value, trivial) => `对数损失 ${value}，只知频率则为 ${trivial}`,
    },
    unmeasured: "未公布误差",
    bar: (share) => `误差为总给同一答案时的 ${share}`,
    rows: (count) => `由 ${f.integer(count)} 行训练`,
    licence: (licence) => (licence === "Others" ? "未说明许可证" : licence),
    more: "显示更多",
    none: "这里没有这方面的模型",
    noneWhy: "模型要符合您所要求的一半以上，才会显示。",
    noneThere: "这个服务器还没有模型。",
    only: (part) => `只搜索“${part}”`,
    without: (count) => `去掉 ${f.integer(count)} 项筛选`,
    all: "全部模型",
    own: "改用您的数据来查找",
  };
}
