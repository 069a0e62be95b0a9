import type { Format } from "../../../words/format";
import type { english } from "./english";

/** What is said where a model that was trained elsewhere becomes a learnware, in simplified Chinese. */
export function chinese(f: Format): ReturnType<typeof english> {
  return {
    takes: (element, shape) => `输入 ${element} [${shape}]`,
    gives: "输出",
    addRows: "添加它学习所用的表格",
    addRowsWhy: "用它制作轮廓并试运行模型；它留在此标签页中",
    rows: (rows, columns) => `${f.integer(rows)} 行，${f.integer(columns)} 列；它们留在此标签页中`,
    target: "它预测",
    order: "其他顺序",
    orderWhat: "按模型接收的顺序列出各列，用逗号分隔",
    kind: "数据类别",
    joins: (name) => `加入“${name}”`,
    founds: "新建一个",
    title: "新数据类别的名称",
    unseen: "它没有用这些行训练过",
    addTest: "添加它没有用来训练的行",
    addTestWhy: "会公布它在这些行上的效果，但不会公布这些行",
    busy: {
      model: "正在读取计算图",
      rows: "正在读取表格",
      places: "正在查找它的列",
      packing: "正在试运行模型并制作数据的轮廓",
    },
    go: "制成学件",
    stays: "这一切都在标签页中进行，不会发送任何内容。",
    name: (target) => `预测 ${target}`,
    description: (target) => `预测 ${target}。`,
    metrics: {
      rmse: "其误差（RMSE）为",
      r2: "它解释了",
      accuracy: "其正确率为",
      log_loss: "其对数损失为",
    },
    measured: (what, value, trivial, isHeldBack) =>
      isHeldBack
        ? `${what} ${value}（留出的行）；简单回答：${trivial}。`
        : `${what} ${value}，但模型可能用这些行训练过，因此不公布；简单回答：${trivial}。`,
    away: "收起",
    more: {
      title: "更多选项",
      found: "自动判断",
      output: "采用它的哪个输出",
      labels: "各类别的名称，按它打分的顺序，用逗号分隔",
      labelsLike: "setosa, versicolor, virginica",
      scores: "它对每个类别给出",
      shares: "可能性，0 到 1",
      logits: "任意大小的分数",
      pick: "若给出多个数，哪一个是答案（1 为第一个）",
      fix: "对所有行都相同的输入。由某一列给出的请留空。",
      sample: "添加任何人都可以看到的行",
      sampleWhy:
        "10 到 1000 行带答案的数据，与模型一起公布：服务器在这些行上测量，并显示在您的声明旁边。只添加不涉及任何人秘密的行",
    },
  };
}
