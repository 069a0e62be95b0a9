import type { StartWords } from "./english";

/** What is said to begin with, in simplified Chinese. */
export function chinese(): StartWords {
  return {
    start: {
      title: "不交出数据，也能得到预测",
      lead: "放入一张表。Berth 会找到曾在类似数据上训练过的模型，在这个标签页里运行，再把带预测的表还给您。",
      drop: "把表格拖到这里",
      or: "或点击选择文件",
      formats: "支持 CSV、TSV 或文本，也可以是 gzip 压缩文件；还可以直接粘贴。",
      dropNow: "松手即可，放在页面任何位置都行",
      paste: "以文本粘贴表格",
      pasteLabel: "每行一条记录，第一行是列名",
      pasteUse: "使用这段文本",
      pastedName: "粘贴.csv",
      samples: "手边没有文件？试试示例",
      synthetic: "人工合成数据",
      surplus: (count) => `还放入了 ${count} 个文件。Berth 一次读取一个，其余的没有读取。`,
      plainHttp:
        "本页面通过不加密的 http 打开。您的数据行仍然留在这个标签页里，但您与服务器之间的任何人都可能看到发送的内容，或改动页面。如果这一点重要，请使用 https 地址。",
      another: "换一个文件",
      reading: (file) => `正在读取 ${file}`,
      current: (file) => `您的表格：${file}`,
      staysAndLeaves: "什么留下，什么离开",
      stays: "留在这个标签页里的",
      staysItems: [
        "您的文件、文件名和每一行数据",
        "列名，以及您如何匹配它们",
        "模型下载到这里运行，预测也在这里产生",
      ],
      leaves: "发送给船坞的",
      leavesItems: [
        "由您选择：人造点组成的轮廓、加入噪声的轮廓，或者与表格有关的什么都不发送",
        "发送轮廓时，附上向下取到两位有效数字的行数",
        "您用来查找的词语和条件（如果填写了）",
        "您下载了哪些学件",
      ],
      fetchesItems: [
        "与表格有关的什么都不发送，用来查找的词语也不发送：这个船坞只是一些文件，所有查找都在这个标签页里进行",
        "您下载了哪些描述和模型",
      ],
      honest:
        "轮廓并非毫无信息：它大致说明您的数据在哪里。发送之前会先检查，确保没有任何点与某一行重合，也没有任何点代表少于五行；您可以先逐字节查看。",
    },
  };
}
