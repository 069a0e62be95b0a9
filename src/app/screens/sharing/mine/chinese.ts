import type { Format } from "../../../words/format";
import { chinese as fields } from "../fields/chinese";
import type { MineWords } from "./english";

/** What is said of what somebody shares, in simplified Chinese. */
export function chinese(f: Format): MineWords {
  return {
    title: "我的模型",
    lead: "您在这里分享的模型，以及您所提交内容的结果。",
    loading: "正在获取您的内容",
    learnwares: "您分享的模型",
    none: "您还没有分享模型。",
    share: "分享模型",
    more: "更多",
    version: (version) => `第 ${f.integer(version)} 版`,
    downloads: (count) => `下载 ${f.integer(count)} 次`,
    changed: (date) => `更新于 ${date}`,
    gone: (date) => `已于 ${date} 撤下；30 天后彻底删除`,
    edit: "修改文字",
    editOf: (name) => `修改 ${name} 的文字`,
    editWhat:
      "服务器会用这些文字重新打包同一个模型，验证后作为下一版本。在此之前，现有版本继续可用。您改动内容的译文会被略去。",
    fields: fields(),
    save: "保存",
    leave: "保持不变",
    newVersion: "新版本",
    newVersionOf: (name) => `${name} 的新版本`,
    remove: "撤下",
    removeOf: (name) => `撤下 ${name}`,
    removeAsk: (name) => `撤下“${name}”？`,
    removeWhat: "此后没有人能找到它，30 天后服务器会将其彻底删除。已经下载的人仍然拥有它。",
    removeYes: "撤下",
    handed: "您提交的内容",
    nothingHanded: "还没有。",
    number: (number) => `第 ${number} 号`,
    states: { waiting: "等待中", running: "正在验证", verified: "已验证", refused: "已拒绝" },
    report: "各项检查",
  };
}
