import type { AccountWords } from "./english";

/** What all screens say that are for people with an account, in simplified Chinese. */
export function chinese(): AccountWords {
  return {
    placesLabel: "您的账户和您的内容",
    places: {
      mine: "我的模型",
      account: "账户",
      tokens: "令牌",
      admin: "管理服务器",
    },
    asking: "正在确认您是谁",
    none: {
      files: "此服务器是由普通文件构成的副本，它不认识任何人，因此无法在这里登录或分享模型。",
      elsewhere:
        "您在顶部选择了另一个服务器。只能在提供本页面的服务器上登录：请重新选择它，或打开另一个服务器自己的页面。",
      without: "此服务器没有账户功能，因此无法在这里登录或分享模型。",
    },
    withoutAccount: "只有分享模型才需要账户。查找、查看、运行和下载模型都不需要账户。",
    toSearch: "用我的数据查找",
    logInFirst: "请登录后查看",
    logIn: "登录",
    adminsAlone: "此页面供服务器的管理者使用",
    adminsAloneWhy: (name) =>
      `您以 ${name} 的身份登录，此账户无权进行管理。请联系服务器的管理者，或用其他账户登录。`,
    show: "显示",
    hide: "隐藏",
  };
}
