import type { ReadmeLanguage } from "./readme";

interface PictureFacts {
  /** What it is and how good, in the language of the README. */
  readonly sentence: string;
  /** Of the square pictures that it takes, in pixels. */
  readonly side: number;
  /** Pictures that it learned from. */
  readonly answers: number;
}

/** The README of a model of pictures, in Markdown. */
export const PICTURE_README: Readonly<Record<ReadmeLanguage, (facts: PictureFacts) => string>> = {
  en: ({ sentence, side, answers }) => `# What predicted

${sentence}

- \`model.onnx\`: all of it as one model, the embedder included
- \`labels.json\`: the classes, in the order of the model's outputs

## How to run it

Any ONNX runtime will do.

- Input \`image\`: float32 [N, 3, ${side}, ${side}], red, green and blue from 0 to 255. Of each picture turn it upright, lay it on
  white if it is see-through, take the square in the middle and resize it to ${side} × ${side} with an antialiasing filter.
- Output \`probabilities\`: float32 [N, classes]; output \`label\`: int64 [N], which of \`labels.json\` is likeliest.

## What it holds of your data

- \`labels.json\` holds the classes' names.
- \`model.onnx\` holds what was learnt from your ${answers} labelled pictures: weights. It holds no picture and no file name.

There is no \`learnware.zip\`: \`berth train --kind image\` makes one from a folder of pictures.
`,
  zh: ({ sentence, side, answers }) => `# 预测所用的模型

${sentence}

- \`model.onnx\`：全部内容写成的一个模型，包括看图片的部分
- \`labels.json\`：各个类别，顺序与模型的输出相同

## 如何运行

任何 ONNX 运行时都可以。

- 输入 \`image\`：float32 [N, 3, ${side}, ${side}]，红、绿、蓝，取值 0 到 255。每张图片先摆正，透明处垫白，取中间的正方形，用抗锯齿滤波缩放到 ${side} × ${side}。
- 输出 \`probabilities\`：float32 [N, 类别数]；输出 \`label\`：int64 [N]，\`labels.json\` 中最可能的一个。

## 其中有您数据的什么

- \`labels.json\` 中有类别的名称。
- \`model.onnx\` 中有从您 ${answers} 张有标签的图片中学到的权重。其中没有图片，也没有文件名。

没有 \`learnware.zip\`：\`berth train --kind image\` 可以用一个文件夹的图片制作。
`,
};
