import type { Kinship } from "../screens/predict/match/related";
import type { RelatedWords } from "./english-related";
import type { Format } from "./format";

const KINSHIPS: Record<Kinship, string> = {
  nearly_all: "几乎全部",
  most: "大部分",
  about_half: "约一半",
  a_part: "一部分",
};

/** What the page says about islands of a feature space near the user's, in Chinese. */
export function chineseRelated(f: Format): RelatedWords {
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
