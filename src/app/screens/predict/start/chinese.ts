import type { Format } from "../../../words/format";
import type { StartWords } from "./english";

/** What is said to begin with, in simplified Chinese. */
export function chinese(f: Format): StartWords {
  return {
    lately: {
      last: "上次的进度",
      goOn: "从上次的地方继续",
      chooseAgain:
        "请再次选择或拖入同一个文件：这个浏览器不允许页面自行打开它。您为它做的选择都还在。",
      forget: "忘掉",
      forgetRun: (island, time) => `忘掉 ${island}，${time}`,
      title: (runs) => `最近：${f.integer(runs)} 次预测`,
      kept: "只保存在这个浏览器里，从不发送。表格本身没有保存。",
      rows: (count) => `${f.integer(count)} 行`,
      models: (count) => `${f.integer(count)} 个模型`,
      details: "用了哪些模型，发送了什么",
      nothingSent: "什么都没有发送。",
      sent: "发送的内容：",
    },
    start: {
      title: "放入您的数据，曾在类似数据上学习的模型会来到您这里。",
      lead: "它们在这个标签页里运行。您的数据行从不离开。",
      drop: "把数据拖到这里",
      choose: "选择文件",
      or: "或选择文件，或直接粘贴",
      formats:
        "表格：CSV、Excel、Parquet、JSON、Arrow、NumPy 等。文本：表格中的一列、.txt、JSON 行。图片：JPEG、PNG、WebP 等。也可以是压缩文件",
      folder: "选择一个图片文件夹",
      aFolder: "文件夹",
      choseNothing: "没有读取任何内容：没有选择文件夹，或者其中没有文件。",
      several: "多个文件",
      dropNow: "松手即可，放在页面任何位置都行",
      paste: "以文本粘贴表格",
      pasteLabel: "每行一条记录，第一行是列名",
      pasteUse: "使用这段文本",
      pastedName: "粘贴.csv",
      sea: "这台服务器上模型的海图；一份不属于任何人的表格驶向与它最近的模型。",
      samples: "手边没有数据？试试",
      synthetic: "我们自己制作的数据",
      surplus: (count) => `还放入了 ${count} 个文件。Berth 一次读取一个，其余的没有读取。`,
      plainHttp:
        "本页面通过不加密的 http 打开。您的数据行仍然留在这个标签页里，但您与服务器之间的任何人都可能看到发送的内容，或改动页面。如果这一点重要，请使用 https 地址。",
      reading: (file) => `正在读取 ${file}`,
      staysAndLeaves: "什么留下，什么离开",
      stays: "留在这个标签页里的",
      staysItems: [
        "您的文件、文件名，以及每一行数据、每段文本和每张图片",
        "列名，以及您如何匹配它们",
        "模型下载到这里运行，预测也在这里产生",
      ],
      leaves: "发送给服务器的",
      leavesItems: [
        "由您选择：数据行的摘要、加入噪声的摘要，或者与表格有关的什么都不发送",
        "这是哪一类数据；发送摘要时，附上向下取到两位有效数字的行数",
        "您用来查找的词语和条件（如果填写了）",
        "您下载了哪些模型",
      ],
      fetchesItems: [
        "与表格有关的什么都不发送，用来查找的词语也不发送：这个服务器只是一些文件，所有查找都在这个标签页里进行",
        "您下载了哪些描述和模型",
      ],
      honest:
        "摘要仍会透露一些信息：它大致说明您的数据在哪里。发送之前会先检查，确保没有任何点与某一行重合，也没有任何点代表少于五行；您可以先逐字节查看。",
    },
  };
}
