/** What the README of an export tells. */
export interface ExportFacts {
  /** How it predicts, in the language of the README. */
  readonly sentence: string;
  /** The learnwares that it is made of, and what they say of themselves. */
  readonly parts: readonly { readonly name: string; readonly description: string }[];
  /** Why there is no `learnware.zip`; null where there is. */
  readonly noLearnware: "own_columns" | "not_safe" | "not_possible" | "no_rows" | null;
  /** Labelled rows that it learnt from. */
  readonly labels: number;
  /** Features of the learnware that are parts of dates; none if left out. */
  readonly dateParts?: readonly string[];
}

export type ReadmeLanguage = "en" | "zh";

/** The README of an export, in Markdown. */
export const README: Readonly<Record<ReadmeLanguage, (facts: ExportFacts) => string>> = {
  en: english,
  zh: chinese,
};

function english({ sentence, parts, noLearnware, labels, dateParts = [] }: ExportFacts): string {
  const why = {
    own_columns:
      "There is no `learnware.zip`: the model takes columns that only your table has, and others could not use it.",
    not_safe:
      "There is no `learnware.zip`: no outline of your rows was safe enough to be given to others.",
    not_possible: "There is no `learnware.zip`: this model cannot be described as a learnware.",
    no_rows:
      "There is no `learnware.zip`: the rows that the model learned from, which it would outline, are no longer here.",
  };
  const apart =
    dateParts.length > 0 ? `. It takes dates apart: as ${dateParts.map(coded).join(", ")}` : "";
  return `# What predicted

${sentence}

- \`model.onnx\`: all of it as one model
- \`predict.mjs\`, \`predict.py\`: run it on a table with the same columns, without Berth. What to install, and how to
  call it, stands at the top of each. Both read \`predict.json\`, and tables of delimited text (CSV)
${noLearnware === null ? `- \`learnware.zip\`: the same as a learnware, which others can use (\`berth dock add learnware.zip\`)${apart}` : `\n${why[noLearnware]}`}

## What it holds of your data

- \`predict.json\` holds the names of the columns that the model takes, and values of categories.
${labels > 0 ? `- The model holds what was learnt from your ${labels} answers: weights, and limits between values of your columns if decision trees learnt.\n` : ""}${noLearnware === null ? "- `learnware.zip` outlines your rows by made-up points, each for at least five rows.\n" : ""}
It holds no row of your table. Share it only where you would tell this.
${madeOf("Made of", parts)}
Intervals and the mark of rows far from all training data are not part of the model.
`;
}

function chinese({ sentence, parts, noLearnware, labels, dateParts = [] }: ExportFacts): string {
  const why = {
    own_columns: "没有 `learnware.zip`：模型用到了只有您的表格才有的列，其他人无法使用。",
    not_safe: "没有 `learnware.zip`：没有一个您数据的轮廓足够安全，可以交给他人。",
    not_possible: "没有 `learnware.zip`：这个模型无法描述为学件。",
    no_rows: "没有 `learnware.zip`：它要勾勒的训练数据已不在这里。",
  };
  const apart =
    dateParts.length > 0 ? `。日期要拆成各部分：${dateParts.map(coded).join("、")}` : "";
  return `# 预测所用的模型

${sentence}

- \`model.onnx\`：全部内容写成的一个模型
- \`predict.mjs\`、\`predict.py\`：不用 Berth，对列相同的表格运行模型。需要安装什么、如何调用，见各文件开头。两者都读取 \`predict.json\` 和带分隔符的文本表格（CSV）
${noLearnware === null ? `- \`learnware.zip\`：同一模型做成的学件，可供他人使用（\`berth dock add learnware.zip\`）${apart}` : `\n${why[noLearnware]}`}

## 其中含有您数据的哪些内容

- \`predict.json\` 含有模型所用各列的名称，以及类别的取值。
${labels > 0 ? `- 模型含有从您的 ${labels} 个答案中学到的内容：权重；如果用了决策树，还有您各列取值之间的分界。\n` : ""}${noLearnware === null ? "- `learnware.zip` 用虚构的点勾勒您的数据，每个点至少代表五行。\n" : ""}
其中没有您表格中的任何一行。请只在愿意透露以上内容时分享。
${madeOf("所用学件", parts)}
预测区间和“远离训练数据”的标记不在模型中。
`;
}

export function madeOf(title: string, parts: ExportFacts["parts"]): string {
  const lines = parts.map(({ name, description }) => `- ${oneLine(name)}: ${oneLine(description)}`);
  return parts.length > 0 ? `\n## ${title}\n\n${lines.join("\n")}\n` : "";
}

function coded(name: string): string {
  return `\`${oneLine(name).replaceAll("`", "'")}\``;
}

/** Others wrote it: no line of theirs is to look like one of ours. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
