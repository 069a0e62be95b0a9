import type { Format } from "../../words/format";
import type { TokensWords } from "./english";

/** What is said about tokens, in simplified Chinese. */
export function chinese(f: Format): TokensWords {
  return {
    title: "令牌",
    lead: "令牌让您电脑上的程序以您的身份做您允许的事，例如用命令行分享模型。它相当于您的密码：请为每个程序单独创建，不再需要时删除。",
    make: "创建令牌",
    name: "用途",
    nameHint: "便于以后辨认，例如“笔记本电脑”。",
    may: "允许的操作",
    uses: {
      read: "只读取属于您的内容",
      submit: "分享模型，修改您分享的内容",
      admin: "所有操作，包括管理服务器",
    },
    life: "有效期",
    days: (days) => `${f.integer(days)} 天`,
    tooMany: "您的令牌数量已达上限，请先删除一个。",
    badName: "名称中有不可见的字符，请换一个。",
    made: (name) => `已创建“${name}”。请立即复制：以后不再显示。`,
    secret: "令牌",
    how: "在终端中运行以下命令，按提示输入令牌，此后分享模型的命令都会使用它：",
    command: "登录命令",
    howElse: "程序也可以从环境变量 BERTH_TOKEN 读取令牌。",
    yours: "您的令牌",
    loading: "正在获取您的令牌",
    none: "您还没有令牌。",
    scopes: { read: "读取", submit: "分享", admin: "管理服务器" },
    madeOn: (day) => `创建于 ${day}。`,
    ends: (day) => `有效期至 ${day}。`,
    ended: (day) => `已于 ${day} 失效。`,
    used: (day) => `最近使用于 ${day}。`,
    unused: "从未使用。",
    remove: "删除",
    removeOf: (name) => `删除 ${name}`,
    removeAsk: (name) => `删除“${name}”？`,
    removeWhat: "使用它的程序将立即被拒绝，已分享的内容会保留。删除后无法恢复，但可以重新创建。",
  };
}
