import type { Format } from "../../words/format";
import type { ServerWords } from "./english";

/** The words of the menu in which a server is chosen, in simplified Chinese. */
export function chinese(f: Format): ServerWords {
  return {
    title: "正在使用的服务器",
    own: "本页面自己的服务器",
    other: "在此设备上选择的另一个服务器",
    kinds: {
      api: (groups) => `由它为您搜索，共有 ${f.integer(groups)} 类数据。`,
      static: (groups) => `只是文件，共有 ${f.integer(groups)} 类数据，由此标签页搜索。`,
    },
    asking: "正在询问……",
    silent: "它目前没有回应。",
    back: "回到本页面自己的服务器",
    change: "使用另一个服务器",
    address: "地址",
    hint: "例如 https://models.example/ 或 /folder/",
    may: (hosts) =>
      hosts.length === 0
        ? "本页面的运营者只允许使用自己服务器上的文件夹。"
        : `本页面的运营者允许使用自己服务器上的文件夹，以及 ${hosts.join("、")}。`,
    next: "下一步",
    ask: (host) => `使用 ${host}？`,
    sees: (isElsewhere) =>
      isElsewhere
        ? "它由别人运营。它会看到您的网络地址、您打开和下载了哪些模型；如果由它搜索，还会看到每一条在发出前都向您展示的消息：您的摘要和您输入的词语。"
        : "它位于本页面所在的服务器上，看到的内容与现在相同：您打开和下载了哪些模型；如果由它搜索，还有每一条在发出前都向您展示的消息。",
    stays: "无论使用哪个服务器，您的行、列名和预测都留在此标签页中。",
    notYet: "目前还没有向它发送任何内容。",
    reloads: "之后页面会重新加载，并在此设备上记住该服务器，直到您换回或清除全部内容。",
    yes: "使用此服务器",
    refusals: {
      empty: () => "请输入服务器的地址。",
      not_address: () => "这不是地址。地址的样子如 https://models.example/",
      not_web: () => "只能使用以 https:// 或 http:// 开头的地址。",
      with_password: () => "不使用带有用户名或密码的地址。",
      not_allowed: (host) => `本页面的运营者不允许它访问 ${host}。没有向它发送任何内容。`,
    },
    isOwn: "这就是正在使用的服务器。",
    notFound: (host) => `${host} 有回应，但它不是提供模型的服务器。`,
    notReached: (host) => `无法连接 ${host}，或者它不允许本页面访问。请稍后再试，或询问其运营者。`,
    unreachable: (host) => `无法连接您选择的服务器 ${host}。`,
    noLonger: (host) => `本页面不再允许访问您选择的服务器 ${host}，现在使用自己的服务器。`,
    forget: "忘记它",
  };
}
