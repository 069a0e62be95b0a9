import { scenarioNames } from "../../../words/scenario-names";
import type { FieldWords } from "./english";

/** What is written of a learnware by hand, in simplified Chinese. */
export function chinese(): FieldWords {
  return {
    name: "名称",
    description: "用途，以及从什么数据中学习",
    scenario: "领域",
    scenarioName: (field) => scenarioNames[field],
    licence: "许可证",
    licenceName: (licence) => (licence === "Others" ? "未说明" : licence),
    lacks: "需要名称、描述和至少一个领域。",
  };
}
