import type { Format } from "../../words/format";
import type { ShareWords } from "./english";
import { chinese as fields } from "./fields/chinese";
import { chinese as pack } from "./pack/chinese";

/** What is said where a learnware is shared, in simplified Chinese. */
export function chinese(f: Format): ShareWords {
  return {
    title: "分享模型",
    lead: "它学到的东西能帮助拥有类似数据的人。您的数据留在这里。",
    drop: "拖入模型，或选择其文件",
    dropAnother: "拖入另一个模型",
    dropWhat: "学件的 zip，或 ONNX 文件",
    reading: (name) => `正在查看 ${name}`,
    looked: "将要发布的内容",
    versionOf: (id) => `这将是 ${id} 的新版本。`,
    asNew: "改为作为新的模型分享",
    wordsTitle: "它的自我介绍",
    fields: fields(),
    pack: pack(f),
    packedAnew: "已用这些文字重新打包；模型和轮廓逐字节不变。您改动内容的译文已略去。",
    howTitle: "如何进行",
    how: [
      "选择一个学件的 zip；或选择一个 ONNX 文件和它学习所用的表格，由此制成学件。它们只在此标签页中打开，不会发送任何内容。",
      "服务器的检查在这里进行：查看 zip 中的一切，并用类似其自身的数据、噪声和异常数据试运行模型。",
      "您会逐字节看到将要发布的内容，并可以更好地说明模型的用途。",
      "如果您发布，zip 会发送到服务器，由它再次进行同样的检查。之后所有人都能找到它，您可以修改或撤下它。",
    ],
    ways: "学件的 zip 来自您在这里训练的模型或“berth train”。scikit-learn、LightGBM、XGBoost、CatBoost、PyTorch 和 Keras 都能写出 ONNX 文件。",
    verdicts: {
      checking: "正在检查 …",
      unchecked: "尚未检查",
      ready: "可以发布",
      wouldRefuse: "服务器会拒绝它",
      handed: "正在验证",
      verified: "已发布",
      refused: "服务器拒绝了它",
    },
    checking: "正在此标签页中进行服务器的检查",
    counted: (passed, warned) =>
      warned === 0
        ? `${f.integer(passed)} 项检查通过，均在此标签页中进行`
        : `${f.integer(passed)} 项检查通过，${f.integer(warned)} 项值得留意；均在此标签页中进行`,
    saveReport: "保存报告",
    reportName: (file) => `${file.replace(/\.zip$/i, "")}-checks.json`,
    checkAgain: "检查",
    about: {
      title: "人们将看到的内容",
      kind: "读取",
      kinds: { table: "表格的行", text: "文本", image: "图片" },
      gives: "预测",
      number: (target, unit) =>
        unit === undefined ? `${target}：一个数` : `${target}：一个数，单位 ${unit}`,
      classes: (target, count) => `${target}：${f.integer(count)} 个类别各自的可能性`,
      takes: "输入",
      features: (count) => `${f.integer(count)} 列`,
      more: (count) => `另有 ${f.integer(count)} 个`,
      landing: "数据类别",
      joins: "加入",
      founds: (name) => `新建“${name}”：这里还没有模型回答这个问题`,
      unknown: (space) => `“${space}”，此服务器不认识它，zip 中也没有附带`,
      outline: "轮廓",
      points: (points, numbers, count) =>
        `${f.integer(points)} 个点，每个 ${f.integer(numbers)} 个数，代表约 ${f.integer(count)} 个样本`,
      skill: "效果",
      metric: {
        rmse: (value, trivial, count) =>
          `误差 ${value}，总是回答平均值时为 ${trivial}；约 ${f.integer(count)} 个样本`,
        r2: (value, trivial, count) =>
          `解释了 ${value}，总是回答平均值时为 ${trivial}；约 ${f.integer(count)} 个样本`,
        accuracy: (value, trivial, count) =>
          `正确率 ${value}，总是回答最常见类别时为 ${trivial}；约 ${f.integer(count)} 个样本`,
        log_loss: (value, trivial, count) =>
          `对数损失 ${value}，只知道频率时为 ${trivial}；约 ${f.integer(count)} 个样本`,
      },
      unmeasured: "没有说明；人们更信任测量过误差的模型",
    },
    leaves: {
      title: "逐字节",
      lead: (bytes, files) =>
        `离开此标签页的只有这个 ${bytes} 的 zip，所有人都可以下载它。其中有 ${f.integer(files)} 个文件：`,
      noText: "非文本",
      notHere:
        "它的轮廓是在别处制作的，因此这里没有演练它会透露哪些关于单行的信息；“berth train”和“berth pack”已在制作时演练过。",
      safe: (points, fewest) =>
        `其轮廓有 ${f.integer(points)} 个点；没有一个是您的样本，每个点代表 ${f.integer(fewest)} 个样本或更多。`,
      onBook: "其轮廓是人人都有的公开点上的权重；其中没有一个是您的样本。",
      dropped: (count) => `为此略去了 ${f.integer(count)} 个点。`,
      attack: (of) =>
        `在这里演练的攻击能分辨某个样本是否用于制作轮廓：最近点攻击为 ${of.nearest}（最多允许 ${of.mostNearest}），已知最强的攻击为 ${of.strongest}（最多允许 ${of.mostStrongest}）；猜测为 ${of.chance}。`,
      finds: (found, most) =>
        `每 100 次误报 1 次时，它们能找出 100 个样本中的 ${found} 个（最多 ${most}）。`,
    },
    publish: {
      as: (name) => `您将以 ${name} 的身份发布。`,
      everybody: "此后所有人都能找到它并下载其 zip。",
      logInFirst: "登录后即可发布。您打开的内容会保留在这里。",
      logIn: "登录",
      instead: "请保存 zip，并在接受模型的服务器上分享它。",
      checkFirst: "检查之后即可发布。",
      refused: "请修正上面被拒绝的内容，然后重新拖入。",
      save: "保存 zip",
      publish: "发布",
      publishVersion: "发布新版本",
      goOn: "继续",
      there: (id) => `查看已有的 ${id}`,
      drop: "放弃",
      sending: (done, total) => `正在发送：${done} / ${total}`,
      stopped: (done, total) =>
        `已停止：${total} 中的 ${done} 已送达，会保留一天。您可以从那里继续。`,
    },
    outcome: {
      number: (number) => `第 ${number} 号提交。`,
      waiting: "服务器已收到，正在等待验证。您可以离开此页面。",
      running: "服务器正在再次进行同样的检查。您可以离开此页面。",
      verified: "已通过验证：所有人都能找到并使用它。",
      refused: "它被拒绝了，除您之外没有人能看到它。报告说明了原因。",
      look: "查看",
      mine: "查看您的全部内容",
    },
  };
}
