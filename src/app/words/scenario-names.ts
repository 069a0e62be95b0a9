import type { Scenario } from "../../engine/learnware/semantic-values";

/** Fields of the semantic specification, in simplified Chinese. */
export const scenarioNames: Readonly<Record<Scenario, string>> = {
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
