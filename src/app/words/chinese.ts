import { chineseMessages } from "./chinese-messages";
import type { Format } from "./format";
import type { Words } from "./english";
import { chineseIslandName } from "./island-names";

/** The words that all screens share, in simplified Chinese. */
export function chinese(f: Format): Words {
  return {
    name: "Berth",
    skip: "跳到正文",
    islandName: chineseIslandName,
    language: "语言",
    server: "服务器",
    account: "账户",
    themeTo: (dark) => (dark ? "切换到深色主题" : "切换到浅色主题"),
    cancel: "取消",
    retry: "重试",
    newer: "本页面有新版本可用。",
    newerLoses: "还没有下载的内容在重新加载后要再做一次。仍要重新加载吗？",
    reload: "重新加载",
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
    placesLabel: "主要页面",
    places: { "": "我的数据", world: "世界", models: "模型", share: "分享", help: "帮助" },
    quay: {
      nothingLeft: "您的数据没有任何内容离开此标签页",
      stays: (amount) => `${amount} 留在这里`,
      next: {
        search: "下一步会发送一份摘要",
        choice: "下一步由您选择数据类型，不会发送任何内容",
      },
      stayed: {
        table: (count) => `${f.integer(count)} 行留在这里`,
        text: (count) => `${f.integer(count)} 段文本留在这里`,
        image: (count) => `${f.integer(count)} 张图片留在这里`,
      },
      left: (bytes, time) => `${bytes} 已离开，${time}`,
      leftHere: "此标签页中已离开的内容",
      stayedAndLeft: (stayed, left) => `留下 ${stayed}，离开 ${left}`,
      open: "查看每个字节",
      how: "如何核对",
      check:
        "核对方法：打开浏览器的开发者工具（F12，Mac 上为 ⌥⌘I），选择“网络”，然后继续操作。只要只出现 GET 请求，发送的就只有地址：其中是页面、数据类型和模型的名称，服务器因此知道您看了哪些。",
      title: "留下了什么，离开了什么",
      close: "关闭",
      kinds: {
        outline: "摘要",
        noisy: "加入噪声的摘要",
        words: "输入的词语",
        learnware: "您发布的模型",
      },
      line: (kind, bytes, time) => `${kind}，${bytes}，${time}`,
    },
    device: {
      title: "技术细节",
      compute: "计算方式",
      computes: { webgpu: "WebGPU", wasm: "WASM", typescript: "普通 JavaScript" },
      notYet: "首次查找时选定",
      isolated: (yes) => (yes ? "已跨源隔离" : "未跨源隔离"),
      isolatedWhy: (yes) => (yes ? "没有其他网站共享此标签页的内存" : "服务器没有向浏览器要求隔离"),
      offline: "没有网络时使用",
      offlineHow:
        "用过一次之后，页面没有网络也能打开，从服务器取来的内容也在手边。谨慎的做法：先取来全部内容，在“什么都不发送”下用一个类似的表格试一次，断开网络，然后再打开您自己的表格。",
      offlineGet: "取来所需的全部内容（17 MB）",
      offlineGetting: {
        idle: "",
        busy: "正在下载……",
        done: "全部就绪，可以断开网络了。",
        failed: "没有全部取到。请联网后再试。",
      },
      clearAsk: "表格、为它找到的内容、以前的预测、下载的模型、设置和页面文件都会删除，无法撤销。",
      clearYes: "全部清除",
      clear: "清除此设备上的所有内容",
      cleared:
        "已从此浏览器移除表格、下载的模型、设置和噪声预算的记录，并更换了密钥。此后发送的摘要由同样数据的另一半行算出。",
    },
    messages: chineseMessages,
  };
}
