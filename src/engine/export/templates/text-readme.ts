import { type ExportFacts, madeOf, type ReadmeLanguage } from "./readme";

interface TextFacts {
  /** What it is and how good, in the language of the README. */
  readonly sentence: string;
  /** Texts that it learned from. */
  readonly answers: number;
  /** That it knows. */
  readonly words: number;
}

const INPUT: Readonly<Record<ReadmeLanguage, string>> = {
  en: `- Input \`text\`: string [N]. Of each text take the first 4000 characters in Unicode form NFC and lower case, and join its words by
  one space each. A word is letters, digits, marks and underscores in a row. In writing without blanks between words (such as Chinese,
  Japanese and Thai) every two signs that follow each other are a word: 天气好 becomes 天气 气好.`,
  zh: `- 输入 \`text\`：string [N]。每段文本取前 4000 个字符，转为 Unicode NFC 形式和小写，词与词之间用一个空格连接。连续的字母、数字、符号附标和下划线是一个词；
  词之间不写空格的文字（如中文、日文、泰文），每两个相邻的字是一个词：天气好 变为 天气 气好。`,
};

/** What the files are, and how the model is run. */
const headOf: Readonly<Record<ReadmeLanguage, (sentence: string) => string>> = {
  en: (sentence) => `# What predicted

${sentence}

- \`model.onnx\`: all of it as one model
- \`labels.json\`: the classes, in the order of the model's outputs

## How to run it

Any ONNX runtime that has strings will do, such as onnxruntime in Python.

${INPUT.en}`,
  zh: (sentence) => `# 预测所用的模型

${sentence}

- \`model.onnx\`：全部内容写成的一个模型
- \`labels.json\`：各个类别，顺序与模型的输出相同

## 如何运行

任何支持字符串的 ONNX 运行时都可以，例如 Python 的 onnxruntime。

${INPUT.zh}`,
};

/** The README of a model of texts, in Markdown. */
export const TEXT_README: Readonly<Record<ReadmeLanguage, (facts: TextFacts) => string>> = {
  en: ({ sentence, answers, words }) => `${headOf.en(sentence)}
- Output \`probabilities\`: float32 [N, classes], in the order of \`labels.json\`.

## What it holds of your data

- \`labels.json\` holds the classes' names.
- \`model.onnx\` holds ${words} words of your ${answers} labelled texts, which whoever gets it can read, and how much each speaks for each class. It
  holds no text as a whole.

There is no \`learnware.zip\`: \`berth train --kind text\` makes one from a table with texts.
`,
  zh: ({ sentence, answers, words }) => `${headOf.zh(sentence)}
- 输出 \`probabilities\`：float32 [N, 类别数]，顺序与 \`labels.json\` 相同。

## 其中有您数据的什么

- \`labels.json\` 中有类别的名称。
- \`model.onnx\` 中有您 ${answers} 段有标签的文本中的 ${words} 个词，得到它的人都能读到，以及每个词对每个类别说明多少。其中没有完整的文本。

没有 \`learnware.zip\`：\`berth train --kind text\` 可以用一个带文本的表格制作。
`,
};

type WayFacts = Pick<ExportFacts, "sentence" | "parts" | "labels">;

/** The README of learnwares of texts that predict together, in Markdown. */
export const TEXT_WAY_README: Readonly<Record<ReadmeLanguage, (facts: WayFacts) => string>> = {
  en: ({ sentence, parts, labels }) => `${headOf.en(sentence)}
- Output \`probabilities\`: float32 [N, classes], in the order of \`labels.json\`; \`label\` is the place of the likeliest.

## What it holds of your data

${labels > 0 ? `How the models were put together, which was learned from ${labels} answers of yours. No text and no word of one.` : "Nothing: the models are put together without any answer of yours."}
${madeOf("Made of", parts)}
There are no scripts, which read tables, and no \`learnware.zip\`: each of the models is one.
`,
  zh: ({ sentence, parts, labels }) => `${headOf.zh(sentence)}
- 输出 \`probabilities\`：float32 [N, 类别数]，顺序与 \`labels.json\` 相同；\`label\` 是最可能的类别的位置。

## 其中有您数据的什么

${labels > 0 ? `模型的组合方式，它学自您的 ${labels} 个答案。不含任何文本，也不含其中的词。` : "没有：组合这些模型没有用到您的任何答案。"}
${madeOf("组成", parts)}
没有脚本（它们读取表格），也没有 \`learnware.zip\`：每个模型本身就是一个。
`,
};
