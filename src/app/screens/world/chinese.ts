import type { Format } from "../../words/format";
import type { WorldWords } from "./english";

/** What the page says about all that a server has, in simplified Chinese. */
export function chinese(f: Format): WorldWords {
  const models = (count: number) => `${f.integer(count)} 个模型`;
  return {
    title: "这台服务器的全貌",
    lead: (count, islands) => `${f.integer(islands)} 个岛屿，${models(count)}。`,
    nearness: "相近的大多相似。",
    nearnessMore:
      "同一岛屿上，从相似数据学得的模型彼此靠近。岛屿之间的远近只是提示。从您的数据引出的线指向真正最近的模型。",
    chart: (count, islands) =>
      `${f.integer(islands)} 个岛屿、${models(count)}的海图；列表中有同样的内容。`,
    zoom: "海图大小",
    loading: "正在加载",
    drawing: "海图正在绘制。列表中已有全部内容。",
    noChart: "这台服务器没有海图。列表中有全部内容。",
    empty: "这台服务器上还没有模型。",
    list: "岛屿和模型",
    search: "查找岛屿和模型",
    searchModels: "查找",
    found: (islands, count) =>
      count === null
        ? `${f.integer(islands)} 个岛屿`
        : `${f.integer(islands)} 个岛屿，${models(count)}`,
    nothing: "这里没有这样的名称。",
    models,
    about: (features, targets) =>
      [
        ...(features > 0 ? [`${f.integer(features)} 个特征`] : []),
        ...(targets.length > 0 ? [`预测${f.list(targets)}`] : []),
      ].join("，"),
    modelsFound: "模型",
    some: (shown, count) =>
      shown < count ? `${models(count)}中的 ${f.integer(shown)} 个` : models(count),
    nearest: "与您的数据最近",
    alike: "相似度",
    share: (similarity) => f.percent(similarity),
    all: "它的全部模型",
    compare: "与您的行比较",
    shares: (island, names, count) => {
      const more = count - names.length;
      const features = more > 0 ? [...names, `另外 ${f.integer(more)} 个特征`] : names;
      return `${island}也有${f.list(features)}。`;
    },
  };
}
