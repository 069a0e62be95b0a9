import type { PrivacyWords } from "./english-privacy";
import type { Format } from "./format";

/** What the page says about leaving and staying, in simplified Chinese. */
export function chinesePrivacy(f: Format): PrivacyWords {
  const epsilon = (value: number) => `ε = ${f.number(value)}`;
  return {
    legend: "哪些内容可以离开这个标签页？",
    levels: {
      reduced: {
        name: "轮廓",
        tag: "匹配效果最好",
        sends: "至多 100 个人造点，勾勒各行数据的大致位置。发送之前，在本机与每一行逐一核对。",
        cost: "船坞会大致了解各列的分布。核对经过测试，但不是数学上的保证。",
      },
      private: {
        name: "加噪轮廓",
        tag: "有明确的保证",
        sends: "512 个概括全部数据的数，在本机加入随机噪声，强到足以掩盖任何一行。",
        cost: "匹配效果稍差，需要一千行或更多。每次查找都会消耗一部分保护。",
      },
      nothing: {
        name: "什么都不发送",
        tag: "零发送",
        sends: "不发送与您的表格有关的任何内容。下载船坞对各学件的描述，在这个标签页里查找。",
        cost: "船坞仍会看到哪些规约和模型被下载，以及来自哪个地址。",
      },
    },
    filesOnly:
      "这个船坞只是网络服务器上的一些文件，因此不发送与您的表格有关的任何内容。学件的描述会被下载，在这个标签页里查找。船坞仍会看到哪些规约和模型被下载，以及来自哪个地址。",
    same: "无论选择哪一项，返回的结果都只在这个标签页里与您的数据比较。",
    strength: "噪声强度",
    strengths: (value) =>
      `${epsilon(value)}：${
        value < 1 ? "噪声很强" : value < 2 ? "噪声较强" : value < 4 ? "噪声中等" : "噪声较弱"
      }`,
    meaning: (value, delta) =>
      `看到这些数的人几乎无法判断某一行是否在您的表格中：猜中的胜算至多改变 ${f.number(Number(Math.exp(value).toPrecision(2)))} 倍，例外的可能性只有 ${f.integer(1 / delta)} 分之一（ε = ${f.number(value)}，δ = ${f.decimal(delta)}）。`,
    small: (rows) =>
      `只有 ${rows}时，噪声与各学件之间的差别一样大，匹配效果会变差。可以选择更大的 ε，或上面的其他选项。`,
    unspent: "这张表格还没有消耗任何保护。",
    spent: (spent, next) => `这张表格已经消耗 ${epsilon(spent)}，这次查找之后为 ${epsilon(next)}。`,
    overspent: (limit) =>
      `合计已超过 ε = ${f.number(limit)}。多次查找后噪声会相互抵消，保证几乎失去意义。如需继续查找，请选择“什么都不发送”。`,
    ledger: "只记录在此浏览器中，以表格的指纹为名。",
    noisyLine: (bytes, numbers, eps, delta) =>
      `${bytes}：${f.integer(numbers)} 个加噪的数（ε = ${f.number(eps)}，δ = ${f.decimal(delta)}）`,
    noisyWhy: (rows) =>
      `噪声在这个标签页里产生，未加噪的数从不离开。随附的行数向下取整为 ${rows}。保证只针对这份内容：之后下载哪些模型，是用您的真实数据选出的。`,
    nothingLine: (sent) => (sent ? "没有发送任何内容：0 字节。" : "不发送任何内容：0 字节。"),
    nothingWhy: (count, bytes) =>
      `而是下载这座岛屿上全部 ${count}的描述（约 ${bytes}），与您的表格内容无关。`,
    nothingSeen: (isAll) =>
      isAll
        ? "随后按名称顺序下载它们全部的规约，因此这些下载不会透露您的表格。船坞会看到您选择了哪座岛屿，以及最终下载了哪些模型。"
        : "随后下载最接近的学件的规约。船坞会看到是哪些，以及您最终下载了哪些模型，由此大致知道您的数据像什么。",
    attack: (share, chance, limit) =>
      `已在本机演练攻击：用一部分行勾勒轮廓，再拿出其中一行和其余的一行，攻击者有 ${share} 的机会分清。抛硬币为 ${chance}；若超过 ${limit}，则不会发送。`,
    goSearch: "在本机查找",
    searchHere: "什么都不发送，在本机查找",
    fetching: "正在下载船坞的描述",
    nothingSteps: [
      "打开浏览器的开发者工具（F12，Mac 上为 ⌥⌘I），选择“网络”。",
      "点击“重新查找”，按方法排序。只有 GET 请求，没有一个带正文。",
      "它们的地址里只有岛屿、学件和文件的名称。",
    ],
  };
}
