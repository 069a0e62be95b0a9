import type { Format } from "../../../words/format";
import { scenarioNames } from "../../../words/scenario-names";
import { type ChineseThings, chineseThings } from "../things";
import type { FindWords } from "./english";

/** What is said about searching, and about what leaves and stays, in simplified Chinese. */
export function chinese(f: Format, things: ChineseThings = chineseThings(f, "table")): FindWords {
  const { one, unit, counted } = things;
  return {
    find: {
      title: "查找模型",
      lead: "Berth 会描述您的数据，查找曾在类似数据上学习的模型，并在本机与您的数据比较。为此哪些内容可以离开，由您决定。",
      button: "查找模型",
      again: "重新查找",
      lookFirst: "发送之前先让我看看",
      describing: "正在描述您的数据",
      asking: "正在询问服务器",
      comparing: "正在与您的数据比较",
      nothingSent: "没有发送任何内容。",
      leaves: (sent) => (sent ? "已发送的内容" : "将要发送的内容"),
      leavesLine: (bytes, points, numbers) =>
        `${bytes}：${f.integer(points)} 个点，每个点 ${f.integer(numbers)} 个数和一个权重`,
      weightsLine: (bytes, points) =>
        `${bytes}：${f.integer(points)} 个权重，对应这类数据公开的每一个点`,
      body: "完整内容（逐字节）",
      send: "发送",
      safe: (points, fewest) =>
        `只有一半的${one}参与其中，由此浏览器的密钥选出。${f.integer(points)} 个点中的每一个都代表其中至少 ${counted(fewest)}，且没有点与其中任何一${unit}重合。`,
      safeOnBook: `只有一半的${one}参与其中，由此浏览器的密钥选出。这些点对所有人都一样，因此没有一个来自您的${one}。`,
      dropped: (count) => `为此舍去了 ${f.integer(count)} 个点。`,
      own: {
        title: "这些点，用您自己的单位表示",
        lead: "由上面的数在本机换算而来：每个点说明了您各列的什么情况。您的列名和单位不会发送。",
        lacks: (count) => `您的表格缺少的 ${f.integer(count)} 列按数据类型的典型值发送。`,
        bookLead:
          "这些点是公开的，对所有人都一样。发送的只是每个点因附近的行而有多少权重；您的列名和单位不会发送。",
        wholeTitle: "每个公开点的权重",
        wholeLead: `这些点是公开的，对所有人都一样：它们是不属于任何人的${one}之间的位置。发送的只是每个点因附近您的${one}而有多少权重；不会发送您的任何一${unit}，也不会发送任何可以还原它们的内容。`,
        bookLacks: (count) => `您的表格缺少的 ${f.integer(count)} 列按数据类型的典型值计算。`,
        weight: "权重",
        more: (count, share) => `另有 ${f.integer(count)} 个点，共占权重的 ${share}`,
        all: "全部显示",
        category: (value, share) => `${value}（${share}）`,
      },
      selfCheck: "自己核对",
      selfCheckSteps: [
        "打开浏览器的开发者工具（F12，Mac 上为 ⌥⌘I），选择“网络”。",
        "回到数据一步，点击“重新查找”。会出现一个名为 search 的请求，其正文就是上面的文字。",
        "之后的请求只是下载：先是候选模型的说明，然后是您选择的模型。",
      ],
      nothingMatched: "还没有任何列与特征对应。请先在上一步至少选择一列。",
      islandChanged: "打开页面之后，服务器调整了这类数据的尺度，因此重新描述了您的数据。",
      emptied: "前面的步骤有改动，需要重新查找模型。",
    },
    privacy: privacy(f, things),
    narrow: narrow(f),
  };
}

/** What the page says about leaving and staying, in simplified Chinese. */
function privacy(f: Format, { kind, one, unit, each }: ChineseThings): FindWords["privacy"] {
  const epsilon = (value: number) => `ε = ${f.number(value)}`;
  return {
    legend: "哪些内容可以离开这个标签页？",
    details: "它会透露什么？",
    sends: ({ tag, sends }) => `（${tag}）：${sends}`,
    levels: (points, isWhole) => ({
      reduced: {
        name: "摘要",
        tag: "匹配效果最好",
        sends:
          points === null
            ? `至多 100 个人造点，勾勒${each}的大致位置。发送之前，先在本机演练对它们的攻击。`
            : `您有多少${one}位于 ${f.integer(points)} 个公开的点附近：这些点对所有人都一样，至多 1 kB。发送之前，先在本机演练对它的攻击。`,
        cost: isWhole
          ? `服务器会大致知道您的${one}是什么样的。检查经过测试，但不是数学上的保证。`
          : "服务器会大致了解各列的分布。检查经过测试，但不是数学上的保证。",
      },
      private: {
        name: "加噪摘要",
        tag: "有明确的保证",
        sends:
          points === null
            ? `512 个概括全部${one}的数，在本机加入随机噪声，强到足以掩盖任何一${unit}。`
            : `同样的 ${f.integer(points)} 个权重，由全部${one}算出，在本机加入随机噪声，强到足以掩盖任何一${unit}。`,
        cost: `匹配效果稍差，需要${points === null ? "一千" : "五百"}${unit}或更多。每次查找都会消耗一部分保护。`,
      },
      nothing: {
        name: "什么都不发送",
        tag: "零发送",
        sends: "不发送与您的数据有关的任何内容。下载服务器对各模型的描述，在这个标签页里查找。",
        cost: "服务器仍会看到哪些说明和模型被下载，以及来自哪个地址。",
      },
    }),
    filesOnly:
      "这个服务器只是网络服务器上的一些文件，因此不发送与您的数据有关的任何内容。模型的描述会被下载，在这个标签页里查找。服务器仍会看到哪些说明和模型被下载，以及来自哪个地址。",
    same: "无论选择哪一项，返回的结果都只在这个标签页里与您的数据比较。",
    key: `摘要由一半的${one}算出，用此浏览器的密钥选取：同样的数据总是得到同样的内容，重复查找不会透露更多；即使有人知道除一${unit}以外的全部${one}，也算不出最后一${unit}。`,
    newKey: "更换密钥",
    makeKey: "生成新的密钥",
    newKeyCost: `换用新的密钥后，同样数据的下一个摘要由另一半的${one}算出。保留了您先前所发内容的人可以把两者平均，看到更多的${one}。仅当此浏览器及其密钥曾落入他人之手时才需要。`,
    newKeyMade: "此浏览器已有新的密钥。",
    strength: "噪声强度",
    strengths: (value) =>
      `${epsilon(value)}：${
        value < 1 ? "噪声很强" : value < 2 ? "噪声较强" : value < 4 ? "噪声中等" : "噪声较弱"
      }`,
    meaning: (value, delta) =>
      `看到这些数的人几乎无法判断某一${unit}是否在您的数据中：猜中的胜算至多改变 ${f.number(Number(Math.exp(value).toPrecision(2)))} 倍，例外的可能性只有 ${f.integer(1 / delta)} 分之一（ε = ${f.number(value)}，δ = ${f.decimal(delta)}）。`,
    small: (rows) =>
      `只有 ${rows}时，噪声与各模型之间的差别一样大，匹配效果会变差。可以选择更大的 ε，或上面的其他选项。`,
    unspent: "这些数据还没有消耗任何保护。",
    spent: (spent, next) => `这些数据已经消耗 ${epsilon(spent)}，这次查找之后为 ${epsilon(next)}。`,
    overspent: (limit) =>
      `合计已超过 ε = ${f.number(limit)}。多次查找后噪声会相互抵消，保证几乎失去意义。如需继续查找，请选择“什么都不发送”。`,
    ledger: "只记录在此浏览器中，以数据的指纹为名。",
    noisyLine: (bytes, numbers, eps, delta) =>
      `${bytes}：${f.integer(numbers)} 个加噪的数（ε = ${f.number(eps)}，δ = ${f.decimal(delta)}）`,
    noisyWhy: (rows) =>
      `噪声在这个标签页里产生，未加噪的数从不离开。随附的数量向下取整为 ${rows}。保证只针对这份内容：之后下载哪些模型，是用您的真实数据选出的。`,
    plainAverage: (points) =>
      points === 1
        ? `这么少的${one}只有一个点的摘要，大致就是它们的平均${kind === "table" ? "，接近每一列的平均值" : ""}，以及向下取整的数量。`
        : `这么少的${one}只有 ${f.integer(points)} 个点的摘要，它们都是平均：您的${one}分成 ${f.integer(points)} 组，大致是每组${kind === "table" ? "中每一列" : ""}的平均值，以及向下取整的数量。`,
    plainAverageChoice:
      "如果这些也不应离开，请选择什么都不发送来查找模型：在大多数数据类型上，代价只是多下载一些内容。",
    nothingLine: (sent) => (sent ? "没有发送任何内容：0 字节。" : "不发送任何内容：0 字节。"),
    nothingWhy: (count, bytes) =>
      `而是下载这类数据上全部 ${count}的描述（约 ${bytes}），与您的数据内容无关。`,
    nothingSeen: (isAll) =>
      isAll
        ? "随后按名称顺序下载它们全部的说明，因此这些下载不会透露您的数据。服务器会看到您选择了哪种数据类型，以及最终下载了哪些模型。"
        : "随后下载最接近的模型的说明。服务器会看到是哪些，以及您最终下载了哪些模型，由此大致知道您的数据像什么。",
    attack: ({ nearest, strongest, chance, mostNearest, mostStrongest }) =>
      `已在本机演练两种攻击：用一部分${one}做成要发送的内容，再拿出其中一${unit}和其余的一${unit}。看哪个点最近的攻击有 ${nearest} 的机会分清，已知最强的攻击有 ${strongest}。抛硬币为 ${chance}；若分别超过 ${mostNearest} 和 ${mostStrongest}，则不会发送。`,
    attackFinds: (found, most) =>
      `若允许它把其余的每一百${unit}错认一${unit}，较强的攻击在那部分中每一百${unit}能认出 ${found} ${unit}。瞎猜能认出一${unit}；若超过 ${most} ${unit}，则不会发送。`,
    goSearch: "在本机查找",
    searchHere: "什么都不发送，在本机查找",
    fetching: "正在下载服务器的描述",
    nothingSteps: [
      "打开浏览器的开发者工具（F12，Mac 上为 ⌥⌘I），选择“网络”。",
      "点击“重新查找”，按方法排序。只有 GET 请求，没有一个带正文。",
      "它们的地址里只有数据类型、模型和文件的名称。",
    ],
  };
}

const names: ReadonlyMap<string, string> = new Map(Object.entries(scenarioNames));

/** What the page says about searching by words and kinds, in simplified Chinese. */
function narrow(f: Format): FindWords["narrow"] {
  const tasks = { regression: "一个数", classification: "若干类别之一" };
  return {
    title: "缩小查找范围",
    text: "名称或说明中的词",
    task: "预测的是",
    tasks,
    scenario: "领域",
    scenarioName: (scenario) => scenarioNames[scenario],
    licence: "许可证",
    licenceName: (licence) => (licence === "Others" ? "其他" : licence),
    any: "不限",
    clear: "清除",
    isSent: "这里填写的内容只在您开始查找时发送，此前不会。",
    isKept: "这里填写的内容不会发送：由这个标签页在下载的模型中挑选。",
    goes: (parts) => `一并发送您的要求：${f.list(parts)}。`,
    words: (text) => `词语“${text}”`,
    target: (target) => `目标“${target}”`,
    kind: (task) => `“预测${tasks[task]}”`,
    field: (scenario) => `领域“${names.get(scenario) ?? scenario}”`,
    licensed: (licence) => `许可证“${licence}”`,
  };
}
