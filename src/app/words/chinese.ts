import { chineseMessages } from "./chinese-messages";
import type { Format } from "./format";
import type { Words } from "./english";

/** The words that all screens share, in simplified Chinese. */
export function chinese(f: Format): Words {
  return {
    name: "Berth",
    skip: "跳到正文",
    language: "语言",
    themeTo: (dark) => (dark ? "切换到深色主题" : "切换到浅色主题"),
    cancel: "取消",
    retry: "重试",
    copy: "复制",
    copied: "已复制",
    translated:
      "有程序翻译了本页面，翻译已被撤销，否则页面内容将不再更新。Berth 提供英文和中文，可在顶部选择。",
    progress: (percent) => `${f.integer(percent)}%`,
    remaining: (seconds) =>
      seconds < 60
        ? `大约还需 ${f.integer(seconds)} 秒`
        : `大约还需 ${f.integer(Math.round(seconds / 60))} 分钟`,
    page: (page, pages) => `第 ${f.integer(page)} 页，共 ${f.integer(pages)} 页`,
    previous: "上一页",
    next: "下一页",
    filter: "按名称筛选",
    noneOfThatName: "没有名称相符的项。",
    row: "行",
    moreColumns: (count) => `另有 ${f.integer(count)} 列未显示`,
    footer: {
      label: "关于这个标签页",
      compute: "计算方式",
      computes: { webgpu: "WebGPU", wasm: "WASM", typescript: "普通 JavaScript" },
      notYet: "首次查找时选定",
      isolated: (yes) => (yes ? "已跨源隔离" : "未跨源隔离"),
      isolatedWhy: (yes) => (yes ? "没有其他网站共享此标签页的内存" : "服务器没有向浏览器要求隔离"),
      clear: "清除所有本地数据",
      cleared:
        "已从此浏览器移除下载的模型、设置和 ε 的记录，并更换了密钥。此后发送的轮廓由同样数据的另一半行算出。",
    },
    messages: chineseMessages,
  };
}
