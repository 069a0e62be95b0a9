import type { Scenario } from "../../engine/learnware/semantic-values";
import type { NarrowWords } from "./english-narrow";
import type { Format } from "./format";

const SCENARIOS: Record<Scenario, string> = {
  Business: "商业",
  Financial: "金融",
  Health: "健康",
  Politics: "政治",
  Computer: "计算机",
  Internet: "互联网",
  Traffic: "交通",
  Nature: "自然",
  Fashion: "时尚",
  Industry: "工业",
  Agriculture: "农业",
  Education: "教育",
  Entertainment: "娱乐",
  Architecture: "建筑",
  Others: "其他",
};

const names: ReadonlyMap<string, string> = new Map(Object.entries(SCENARIOS));

/** What the page says about searching by words and kinds, in simplified Chinese. */
export function chineseNarrow(f: Format): NarrowWords {
  const tasks = { regression: "一个数", classification: "若干类别之一" };
  return {
    title: "缩小查找范围",
    text: "名称或说明中的词",
    task: "预测的是",
    tasks,
    scenario: "领域",
    scenarioName: (scenario) => SCENARIOS[scenario],
    licence: "许可证",
    licenceName: (licence) => (licence === "Others" ? "其他" : licence),
    any: "不限",
    clear: "清除",
    isSent: "这里填写的内容只在您开始查找时发送，此前不会。",
    isKept: "这里填写的内容不会发送：由这个标签页在下载的学件中挑选。",
    goes: (parts) => `一并发送您的要求：${f.list(parts)}。`,
    words: (text) => `词语“${text}”`,
    target: (target) => `目标“${target}”`,
    kind: (task) => `“预测${tasks[task]}”`,
    field: (scenario) => `领域“${names.get(scenario) ?? scenario}”`,
    licensed: (licence) => `许可证“${licence}”`,
    browse: "浏览模型",
    browseLead: "没有表格也可以看看这个船坞有什么。填写的内容只在您点击“搜索”时发送给船坞。",
    browseFiles: "没有表格也可以看看这个船坞有什么。填写的内容不会离开这个标签页。",
    search: "搜索",
    results: "找到的模型",
    searching: "正在搜索",
    found: (count, isAll) =>
      isAll ? `找到 ${f.integer(count)} 个模型` : `前 ${f.integer(count)} 个模型`,
    none: "没有这样的模型。减少或更换词语也许能找到。",
    more: "显示更多",
  };
}
