import type { Format } from "../../words/format";
import type { AccountScreenWords } from "./english";

/** What is said about the account, in simplified Chinese. */
export function chinese(f: Format): AccountScreenWords {
  return {
    title: "账户",
    email: "邮箱",
    password: "密码",
    newPassword: "新密码",
    passwordHint: (least) => `至少 ${f.integer(least)} 个字符；可以用连在一起的几个词。`,
    name: "名称",
    nameHint: "只有服务器的管理者能看到。",
    logIn: {
      title: "登录",
      go: "登录",
      wrong: "邮箱或密码不正确。请重试，或重设密码。",
    },
    forgotten: {
      title: "忘记密码",
      lead: "请输入账户的邮箱。您将收到一封信，其中的链接一小时内有效，打开后可设置新密码。",
      back: "返回登录",
    },
    register: {
      title: "还没有账户？",
      ways: {
        open: "请输入您的邮箱。您将收到一封信，打开其中的链接即可设置名称和密码。",
        invite: "此服务器采用邀请制。请联系服务器的管理者获取链接，打开后即可设置名称和密码。",
        closed: "此服务器不再接受新用户。请联系服务器的管理者。",
      },
    },
    letter: {
      go: "发送邮件",
      sent: {
        register: (email) =>
          `邮件正在发往 ${email}，其中的链接 24 小时内有效。如果没有收到，请查看垃圾邮件，或一分钟后再试。`,
        reset: (email) =>
          `如果 ${email} 在此有账户，邮件正在发送。如果没有收到，请查看垃圾邮件，或一分钟后再试。`,
      },
    },
    confirm: {
      title: "创建账户",
      lead: "您收到的链接可以创建一个账户。请设置名称和密码。",
      first:
        "此链接将创建一个管理服务器的账户，只能使用一次。请设置名称和密码，并填写登录所用的邮箱。",
      go: "创建账户",
    },
    reset: {
      title: "设置新密码",
      lead: "所有已登录的地方都会退出，您的令牌也会失效。",
      go: "设置密码",
    },
    linkGone: "此链接已被使用，或已过期。请重新获取。",
    hasAccount: "此邮箱已有账户，请直接登录。",
    badName: "服务器不接受：名称中有不可见的字符，或邮箱不完整。",
    person: {
      role: "权限",
      roles: { user: "分享模型，修改自己分享的内容", admin: "分享模型，管理服务器" },
      since: "创建于",
      logOut: "退出登录",
      everywhere: "在所有地方退出",
      everywhereAsk: "在所有地方退出登录？",
      everywhereWhat:
        "用此账户登录的所有浏览器（包括这一个）都需要重新登录。令牌仍然有效，可在“令牌”中删除。",
      change: "修改密码",
      current: "当前密码",
      wrong: "当前密码不正确。",
      changed: "密码已修改，其他浏览器均已退出登录。",
      leave: "注销",
      leaveHow:
        "如需注销，请联系服务器的管理者删除您的账户。您分享的内容会保留但不再属于任何人，除非您事先自行删除。",
    },
  };
}
