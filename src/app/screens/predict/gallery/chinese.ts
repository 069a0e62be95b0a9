import type { Format } from "../../../words/format";
import type { english } from "./english";

/** 图片相关的文字。 */
export function chinese(f: Format): ReturnType<typeof english> {
  const pictures = (count: number) => `${f.integer(count)} 张图片`;
  return {
    gallery: {
      title: "图片",
      pictures,
      size: (count, megabytes) =>
        `${pictures(count)}，以缩略图保存在此标签页中，共 ${f.integer(megabytes)} MB`,
      folders: (count) => `${f.integer(count)} 个文件夹`,
      dimensions: (width, height) => `${width} × ${height}`,
      folder: "文件夹",
      allFolders: "所有文件夹",
      folderCount: (name, count) => `${name}（${f.integer(count)}）`,
      refused: (count) => `${f.integer(count)} 个文件未能读取`,
      refusedMore: (count) => `以及另外 ${f.integer(count)} 个`,
      fetching: (done, total) =>
        `正在获取用来看图片的程序：${f.bytes(done)} / ${f.bytes(total)}，只需一次`,
      lookingAt: (done, total) => `正在看前几张图片：${f.integer(done)} / ${f.integer(total)}`,
      some: "您的一部分图片",
      asModelsGet: "模型得到的样子：每张的中间部分，摆正并缩小。",
      notDescribed: (count) =>
        `${pictures(count)}只有一种颜色，说明不了什么：不用于描述您的数据，但同样会被预测。`,
      views: { gallery: "图片", list: "列表" },
      view: "显示为",
      label: "标签",
      allLabels: "所有标签",
      labelCount: (label, count) => `${label}（${f.integer(count)}）`,
      unsureFirst: "最没把握的排在前面",
      noneOfLabel: "现在没有图片是这个标签。",
      predicted: "图片及其预测结果",
      labelOfRow: (row) => `第 ${f.integer(row)} 行的标签`,
      labelOf: (name) => `${name} 的标签`,
      confirm: "这是对的",
      takeBack: "撤回您的标注",
      confirmOf: (name) => `${name} 的标签是对的`,
      byHand: "手工标注",
      notPredicted: "未预测",
      sorted: "按文件夹分好的图片（.zip）",
      sorting: "正在把图片分到文件夹",
      sortedSaved: (file) => `${file} 已交给浏览器：您的原文件，每个标签一个文件夹。`,
      labelledByHand: (count) => `手工标注了 ${f.integer(count)} 个`,
      again: "用这些标签重新预测",
      predicting: "正在用它们预测",
      againWhy: "它们作为已知答案：各种方法据此比较，模型据此加权。它们只留在此标签页中。",
    },
  };
}
