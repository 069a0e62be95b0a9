import type { Format } from "../../../words/format";
import type { Kinship } from "./islands/related";
import type { MatchWords } from "./english";

/** What is said about islands, and which column is which feature, in simplified Chinese. */
export function chinese(f: Format): MatchWords {
  const columns = (count: number) => `${f.integer(count)} 列`;

  return {
    mapping: {
      title: "这是哪一类数据？",
      lead: "连线表示您的各列对应模型读取的哪个特征。",
      loading: "正在获取数据类型",
      islands: "数据类型，最相符的在前",
      island: "数据类型",
      findIsland: "查找数据类型",
      noSuchIsland: "没有这样名称的数据类型。",
      others: (count) => `其他 ${f.integer(count)} 类`,
      models: (count) => `${f.integer(count)} 个模型`,
      foundOf: (matched, total) => `找到 ${f.integer(matched)} / ${f.integer(total)}`,
      found: (matched, total) => `找到 ${f.integer(total)} 个特征中的 ${f.integer(matched)} 个`,
      predicts: (targets) => `预测 ${f.list(targets)}`,
      fits: "与您的列相符",
      fitsNot: "与您的列不相符",
      more: (count) => `显示其余 ${f.integer(count)} 类数据`,
      noneFits: "这里没有为这样的表格准备的模型",
      noneFitsWhy: "能与任何一类数据的特征对应的列太少，预测将主要依赖典型值，而不是您的数据。",
      noneFitsTodo:
        "如果您的列含义相同只是名称不同，请在下面选择最接近的一类数据并手动连线；否则，这个服务器没有适合这张表的模型：您可以就在这里，用已知答案的行训练自己的模型。",
      noTextsTodo: "请选择一个文本各不相同的文件，或者另一列。没有发送任何内容。",
      noIslands: "这个服务器还没有模型，因此无从匹配。",
      target: "要预测什么？",
      yourColumns: "您的列",
      features: "特征",
      usualRange: "通常范围，",
      usualShort: "通常",
      yoursShort: "您的",
      foundBy: "依据",
      unused: "原样保留",
      columnAlone: (column) => `${column}，不参与：可连到某个特征`,
      columnIs: (column, feature) => `${column}，对应 ${feature}`,
      featureIs: (feature, column, how) =>
        column === null ? `${feature}，${how}` : `${feature}，来自 ${column}，${how}`,
      valuesOf: (count) => `${f.integer(count)} 种取值`,
      checkIt: "请核对",
      foundBriefly: {
        same_name: "名称",
        similar_name: "相近名称",
        alias: "别名",
        similar_meaning: "含义",
        similar_values: "取值",
        same_values: "相同取值",
        named_value: "某个取值",
        whole: "文本",
        by_hand: "您的选择",
        other_values: "不参与",
        none: "自动推算",
      },
      picked: (column) => `${column}：请选择它对应的特征，或按 Escape`,
      untie: "解开",
      letGo: "保持不变",
      sum: (counts) => {
        const parts = [
          counts.byName > 0 ? `${f.integer(counts.byName)} 个按名称找到` : "",
          counts.byOther > 0 ? `${f.integer(counts.byOther)} 个按其他依据找到` : "",
          counts.byHand > 0 ? `${f.integer(counts.byHand)} 个由您连线` : "",
          counts.missing > 0 ? `${f.integer(counts.missing)} 个未找到，自动推算` : "",
        ].filter((part) => part !== "");
        const extra = counts.extra > 0 ? `另有 ${columns(counts.extra)}原样保留。` : "";
        const leftOut =
          counts.leftOut.length > 0 ? `取值都不认识，因此不参与：${f.list(counts.leftOut)}。` : "";
        return `${parts.join("，")}。${leftOut}${extra}`;
      },
      pairLabel: "所选的对应关系",
      isColumn: "对应您的列",
      columnFor: (feature) => `${feature} 对应的列`,
      fill: "— 无：自动推算",
      unusable: (type) => `（${type}：不能使用）`,
      span: (least, most, unit) =>
        `${least === most ? least : `${least} 至 ${most}`}${unit && ` ${unit}`}`,
      picture: (feature) => `${feature}：您的取值与通常的取值`,
      value: "取值",
      moreValues: (count) => `另有 ${f.integer(count)} 种取值`,
      valuesTitle: "您的取值各对应什么",
      valueIs: (value) => `${value} 对应`,
      yes: "是",
      no: "否",
      noneOfThese: "— 都不是",
      noValues: "这一列被读作数字。请在“数据”一步把它改为类别，再逐个对应。",
      onlyFrequent: (count) => `只列出最常见的 ${f.integer(count)} 种；其余按写法识别。`,
      implausible: "您的取值与通常的明显不同：请检查单位和含义，或选择另一列。",
      otherValues: "您最常见的取值在这里都不认识：请在下面逐个对应。",
      leftOut: (column) =>
        `“${column}”的名称相符，但其取值在这里都不认识。它不参与预测，由每个模型根据您的其他列推算，直到您在下面对应其取值。`,
      plausible: "取值合理。",
      because: {
        same_name: "按名称找到。",
        similar_name: "按相近的名称找到。",
        alias: "按另一个名称找到。",
        similar_meaning: "词义可能相同，取值也相近。",
        similar_values: "或许对应：取值相近，但列名看不出含义。",
        same_values: "按相同的取值找到。",
        named_value: "按取值找到：一方的名称就是另一方的一个取值。",
        whole: "该列的单元格是文本。",
        by_hand: "由您连线。",
        other_values: "不参与：其取值在这里都不认识。",
        none: "未找到：由每个模型根据您的其他列推算。如果您有这一列只是名称不同，请选择它。",
      },
      reasons: {
        same_name: "名称相同",
        similar_name: "名称相近",
        alias: "别名相同",
        similar_meaning: "含义可能相同",
        similar_values: "或许对应：取值相近，但列名看不出含义",
        same_values: "取值相同",
        named_value: "一方的名称就是另一方的一个取值",
        whole: "单元格是文本",
        by_hand: "由您选择",
        other_values: "不参与：其取值都不认识，由每个模型推算",
        none: "未找到：由每个模型根据您的其他列推算",
      },
    },
    related: related(f),
    whole: {
      lead: {
        text: "这类模型把某一列作为整体读取，其他各列原样保留。",
        image: "这类模型按样子读取图片，文件名和文件夹名不起作用。",
      },
      ofColumn: { text: (column) => `“${column}”列的文本`, image: () => "图片" },
      none: "未选择列",
      whichColumn: "文本所在的列",
      noColumn: "— 无",
      whatTold: { text: "您想了解这些文本的什么？", image: "您想了解这些图片的什么？" },
      whatToldWhy: "有几类模型可以读取这样的文本，只有您知道想了解什么。请选择一个，之后可以更改。",
      tag: { text: "读取您的文本", image: "读取您的图片" },
      first: { text: "最前面的几条，它们留在这台设备上", image: "您的一部分图片" },
      empty: (count) => `${f.integer(count)} 条为空`,
      unknown: (count) => `${f.integer(count)} 条没有认识的词：不参与描述，但仍会预测`,
      language: (name) => `主要语言：${name}`,
      noLanguage: "太短，无法判断语言",
      notEnglish:
        "这些文本看起来不是英文，而这类数据只认识英文单词。如果有适用于任何语言的一类，请选择它。",
    },
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
    title: () => "相关的数据类型",
    lead: "这里没有名称与您的列相符的数据类型，但有些列的含义似乎相同。这样得到的预测不太可靠：使用前请先核对这些对应关系。",
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
      "与您的表格相关，但并不相符：这些对应关系有多准确，模型的回答就有多可靠。每一项都可以修改。",
  };
}
