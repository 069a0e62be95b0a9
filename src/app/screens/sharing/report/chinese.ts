import type { Format } from "../../../words/format";
import type { FindingWords, ReportWords } from "./english";

type Details = Parameters<NonNullable<FindingWords["slow"]>>[0];

/** What is said of the checks of a learnware, in simplified Chinese. */
export function chinese(f: Format): ReportWords {
  const number = (details: Details, name: string) => f.number(Number(details[name] ?? 0));
  const edges: Readonly<Record<string, string>> = {
    missing: "全部缺失",
    huge: "数值极大",
    tiny: "数值极小（远低于 0）",
  };
  return {
    checks: {
      zip: "可以打开且完整",
      manifest: "说明了自己是什么",
      semantic: "说明了用途",
      model: "只用普通算子",
      specification: "轮廓可以读取",
      honesty: "轮廓来自真实的数据",
      space: "读取的内容与说明相符",
      own_rows: "能回答类似自身的数据",
      noise: "能回答噪声",
      edges: "能回答异常的数据",
      batches: "逐个独立回答",
      speed: "足够快",
      sample: "与声明相符",
      island: "在此有位置",
    },
    fine: {
      zip: "文件齐全，没有指向外部的路径",
      manifest: "learnware.yaml 指明了可在此运行的模型",
      semantic: "文字和维度与模型相符",
      model: "没有代码、外部文件或网络访问",
      specification: "点与权重一致",
      honesty: "各点位于数据可能出现的地方",
      space: "内容和尺度与其数据类别一致",
      own_rows: "有限、各不相同、两次一致",
      noise: "数量相同，且均为有限值",
      edges: "缺失、零、极大和极小",
      batches: "1、10 和 1000 个样例时结果相同",
      speed: "对 1000 个样例",
      sample: "在它公开的样例上（如有）",
      island: "且不属于他人",
    },
    findings: {
      short_texts: () => "人们通过名称和描述找到它：请分别写至少 5 个和 10 个字符。",
      dimensions: (d) => `说明中为 ${number(d, "said")} 个数，而模型有 ${number(d, "model")} 个。`,
      does_not_fit: () => "它不适合此服务器上的任何数据类别。",
      unknown_space: (d) =>
        `这里不认识它的数据类别 ${d["space"] ?? ""}，因此只有服务器能试运行模型。`,
      not_tried: () => "没有数据就无法试运行这类模型。",
      far_points: (d) =>
        `其轮廓的 ${f.percent(Number(d["percent"] ?? 0) / 100)} 位于没有数据的地方。`,
      odd_weights: (d) =>
        "heaviest" in d
          ? `轮廓中的一个点占了全部权重的 ${f.percent(Number(d["heaviest"]))}。`
          : `轮廓的权重之和为 ${number(d, "sum")}，应约为 1。`,
      wide_radius: (d) => `它声称覆盖的范围是其各点间距的 ${number(d, "times")} 倍。`,
      copied: (d) => `其轮廓与他人的 ${d["copyOf"] ?? "另一个模型"} 完全相同。请描述您自己的数据。`,
      here_already: () => "此服务器上已有同样的 zip。",
      rows_lost: (d) => `对 ${number(d, "asked")} 个样例给出了 ${number(d, "rows")} 个回答。`,
      width: (d) =>
        `对每个样例给出 ${number(d, "cols")} 个数，而说明中为 ${number(d, "wanted")} 个。`,
      not_finite: () => "部分回答不是有限的数。",
      no_probabilities: () => "其分数不是概率：不在 0 和 1 之间，或总和不为 1。",
      constant: () => "无论输入什么，回答都相同。",
      changing: (d) =>
        "rows" in d
          ? `同一样例与其他样例一起（共 ${number(d, "rows")} 个）时回答不同。`
          : "再次询问同样的样例时，回答不同。",
      class_order: (d) => `从第 ${number(d, "position")} 个起，类别的顺序与模型不同。`,
      breaks: (d) => `遇到${edges[String(d["edge"])] ?? "全为零"}的样例时出错。`,
      slow: () => "处理 1000 个样例超过 10 秒。",
      disagrees: (d) =>
        `作者声明为 ${number(d, "declared")}，而在公开的 ${number(d, "rows")} 个样例上为 ${number(d, "measured")}。`,
    },
    groups: { package: "文件包", model: "运行模型", dock: "在此服务器上" },
    states: { passed: "通过", warned: "值得留意", refused: "拒绝" },
    wait: "等待中",
    seconds: (seconds) => `${f.number(Number(seconds.toPrecision(2)))} 秒`,
  };
}
