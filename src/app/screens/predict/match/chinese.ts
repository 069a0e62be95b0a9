import type { Format } from "../../../words/format";
import type { Kinship } from "./related";
import type { MatchWords } from "./english";

/** What is said about islands, and which column is which feature, in simplified Chinese. */
export function chinese(f: Format): MatchWords {
  const columns = (count: number) => `${f.integer(count)} 列`;

  return {
    mapping: {
      title: "这是哪一类数据？",
      lead: "从同类表格学习的模型在同一座岛屿上，共用一组特征。请选择您的表格所属的岛屿。",
      loading: "正在获取岛屿列表",
      islands: "岛屿，最匹配的在前",
      found: (matched, total) => `找到 ${f.integer(total)} 个特征中的 ${f.integer(matched)} 个`,
      predicts: (targets) => `预测 ${f.list(targets)}`,
      fits: "与您的列相符",
      fitsNot: "与您的列不相符",
      more: (count) => `显示其余 ${f.integer(count)} 座岛屿`,
      noneFits: "没有岛屿适合这张表",
      noneFitsWhy: "能与任何一座岛屿的特征对应的列太少，预测将主要依赖典型值，而不是您的数据。",
      noneFitsTodo:
        "如果您的列含义相同只是名称不同，请在下面选择最接近的岛屿并手动匹配；否则，这里没有为这类数据准备的学件。",
      noIslands: "这个船坞还没有岛屿，因此无从匹配。",
      target: "要预测什么？",
      editor: "哪一列对应哪个特征",
      editorLead: (island) => `${island}的特征，以及对应的列`,
      columnFor: (feature) => `${feature} 对应的列`,
      fill: "— 无：自动推算",
      unusable: (type) => `（${type}：不能使用）`,
      usual: (least, most, unit) =>
        `通常为 ${least === most ? least : `${least} 至 ${most}`}${unit && ` ${unit}`}`,
      yours: (least, most) => `（您的为 ${least} 至 ${most}。）`,
      oneOf: (values) => `取值为 ${values} 之一`,
      implausible: "您的取值与这座岛屿的明显不同：请检查单位和含义。",
      reasons: {
        same_name: "名称相同",
        similar_name: "名称相近",
        alias: "别名相同",
        similar_meaning: "含义可能相同",
        similar_values: "或许对应：取值相近，但列名看不出含义",
        by_hand: "由您选择",
        none: "未找到：由每个模型根据您的其他列推算",
      },
      settled: (count) => `${f.integer(count)} 个特征已按名称找到，取值合理`,
      unsettled: "请留意",
      extra: (count) => `另有 ${columns(count)}不参与，将原样保留`,
    },
    related: related(f),
  };
}

const KINSHIPS: Record<Kinship, string> = {
  nearly_all: "几乎全部",
  most: "大部分",
  about_half: "约一半",
  a_part: "一部分",
};

/** What the page says about islands of a feature space near the user's, in Chinese. */
function related(f: Format): MatchWords["related"] {
  return {
    certainties: { very_likely: "很可能相同", likely: "大概相同", perhaps: "或许相同" },
    title: () => "相关的岛屿",
    lead: "这里没有岛屿的列名与您的相符，但有些列的含义似乎相同。这样得到的预测不如相符的岛屿可靠：使用前请先核对这些对应关系。",
    beside:
      "除了相符的岛屿之外，这里还有一些列的含义似乎相同。这样得到的预测不太可靠，请优先选择相符的岛屿。",
    tag: "相关，可靠性较低",
    covers: (kinship, matched, total) =>
      `您似乎具备其模型所需的${KINSHIPS[kinship]}：${f.integer(total)} 个特征中的 ${f.integer(matched)} 个`,
    pairs: (count) => `${f.integer(count)} 列似乎与某个特征相同`,
    pair: (column, feature) => `“${column}”对应 ${feature}`,
    missing: (features) =>
      `缺少：${f.list(features)}。每个模型会根据自己的训练数据，由您的其他列推算这些特征。`,
    dropped: (columns) =>
      `不参与预测：${f.list(columns)}。这里的模型不认识这些列；如果您有答案，它们会用来修正模型。`,
    filling: {
      done: {
        lines: "您的表格缺少的列，已根据每个模型训练数据的样貌用直线推算补上。",
        network:
          "您的表格缺少的列，已由一个小型神经网络为每个模型补上；它在本标签页中根据模型训练数据的样貌和您的数据训练而成。",
      },
      choice: {
        lines: "用直线更快，在我们测过的表格上效果相近。",
        network:
          "小型神经网络还能描述弯曲的关系，每个模型约需训练一秒。在我们测过的表格上，它有时更好，有时更差。",
      },
      use: { lines: "改用直线补上", network: "改用神经网络补上" },
    },
    chosen:
      "这座岛屿与您的表格相关，但并不相符。下面的对应关系有多准确，模型的回答就有多可靠；每一项都可以修改。",
  };
}
