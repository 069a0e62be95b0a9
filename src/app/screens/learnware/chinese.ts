import type { Format } from "../../words/format";
import type { LearnwareWords } from "./english";

/** What is said about one model, in Chinese. */
export function chinese(f: Format): LearnwareWords {
  const rows = (count: number) => `${f.integer(count)} 行`;
  return {
    title: "模型",
    models: "模型",
    where: "当前位置",
    loading: "正在获取模型的说明",
    gone: "返回全部模型",
    predicts: (target, unit) =>
      unit === undefined ? `预测 ${target}。` : `预测 ${target}，单位为 ${unit}。`,
    cautionsTitle: "使用之前",
    cautions: {
      unmeasured: "它没有公布误差。请先用您知道答案的行试一试。",
      worse: "在未见过的行上，它不比总给同一答案更好。",
      weak: "与总给同一答案相比，它减少的误差不到五分之一。",
      few_measured: "它的误差只在少数行上测得，可能有偶然偏差。",
      few_rows: "它只由少数行训练而成。",
      no_licence: "它没有说明许可证。除试用外，使用前请询问作者。",
    },
    figures: "主要数字",
    metric: {
      rmse: "未见过的行上的误差（均方根）",
      r2: "解释的变化",
      accuracy: "未见过的行上的正确率",
      log_loss: "未见过的行上的对数损失",
    },
    trivial: {
      rmse: (value) => `总答平均值则为 ${value}`,
      r2: (value) => `总答平均值则为 ${value}`,
      accuracy: (value) => `总答最常见的类别则为 ${value}`,
      log_loss: (value) => `只知频率则为 ${value}`,
    },
    on: rows,
    bar: (share) => `误差为总给同一答案时的 ${share}`,
    declared: "由作者声明，服务器未核实",
    measured: "在您的行上测得",
    measuredNot: "尚无。用一张已知答案的表格试一试，由这个浏览器测量。",
    noMetrics: "未公布数字",
    byServer: (count) => `由服务器在作者公开的 ${rows(count)}上测得`,
    metricOn: {
      rmse: "这些行上的误差（均方根）",
      r2: "这些行上解释的变化",
      accuracy: "这些行上的正确率",
      log_loss: "这些行上的对数损失",
    },
    learntFrom: "训练数据",
    rows,
    points: "说明",
    pointCount: (count) => `${f.integer(count)} 个点`,
    download: "下载大小",
    features: "读取哪些列，在哪里训练",
    featuresNote: "其说明的中间 90 %，画在通常的范围上",
    range: (low, high, unit) =>
      `${low === high ? low : `${low} 至 ${high}`}${unit === null ? "" : ` ${unit}`}`,
    band: (name, range, median) => `${name}：${range}，一半低于 ${median}`,
    yes: (share) => `${share} 为是`,
    value: (value, share) => `${value} ${share}`,
    output: "给出什么",
    number: (target, unit) =>
      unit === undefined ? `${target}：一个数值` : `${target}：一个数值，单位 ${unit}`,
    shares: (target, count) => `${target}：${f.integer(count)} 个类别各自的可能性`,
    moreLabels: (count) => `以及另外 ${f.integer(count)} 个`,
    tryIt: "用我的数据试试",
    tryOn: (file) => `用它预测 ${file}`,
    otherKind: (kind) =>
      kind === "text"
        ? "它读取文本：表格的每一行、文件的每一行或文件夹中的每个文件各一条。"
        : "它读取图片：文件夹中的每个文件一张。",
    save: "下载模型",
    saving: "正在下载……",
    plane: "训练数据的形状",
    planeNote: (count) =>
      `${f.integer(count)} 个点勾勒出它的训练行，点越大代表的行越多。图上相近大致就是数据相近：许多特征被压到两个方向上。没有一个点是真实的行。`,
    kin: "由相似数据训练",
    kinLead: "按说明比较，而不是按名称。",
    kinNone: "这类数据没有其他模型。",
    findKin: (count) => `与 ${f.integer(count)} 个模型比较`,
    about: "来历",
    source: "来源",
    licence: "许可证",
    licenceOf: (licence) => (licence === "Others" ? "未说明" : licence),
    island: "数据类型",
    version: "该类型的版本",
    format: "格式",
    formatOf: (inputs, outputs) =>
      inputs === 0
        ? `ONNX，${f.integer(outputs)} 个输出`
        : `ONNX，${f.integer(inputs)} 个输入，${f.integer(outputs)} 个输出`,
    sha: "SHA-256",
    inside: "里面是什么",
    insideLead: (bytes) => `获取整个包（${bytes}），核对哈希，读取其计算图。不会运行任何内容。`,
    look: "获取、检查并画出来",
    looking: "正在获取和检查",
    checks: "在这个浏览器中检查",
    checkHash: "就是说明中所指的包（SHA-256）。",
    checkOperators: "所有算子都是已知的，只做计算。",
    checkInside: "所有数字都在文件之内。",
    graph: "模型的计算图",
    nodes: (count, bytes) => `${f.integer(count)} 个节点，${bytes}`,
    operators: "算子",
    times: (operator, count) => (count === 1 ? operator : `${operator} × ${f.integer(count)}`),
    rest: (count) => `另外 ${f.integer(count)} 个节点`,
    input: (name) => `输入：${name}`,
    outputNode: (name) => `输出：${name}`,
    use: "在别处使用",
    useLead: "其中的值取自训练数据的中间：请换成您的值。",
    useFirst: "要先看看它的文件，才知道其中的名称。",
    languages: { python: "Python", javascript: "JavaScript", curl: "cURL" },
  };
}
