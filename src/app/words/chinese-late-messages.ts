import type { ErrorDetails } from "../../engine/ground/errors";
import type { LateMessages } from "../messages";

/** All other failures in simplified Chinese, fetched when one comes. */
export const chineseLateMessages: LateMessages = {
  bad_parameter: () => ({
    what: "无法开始计算。",
    why: "某个设置超出了方法允许的范围，很可能是因为匹配的列没有任何变化。",
    todo: "请至少匹配一个取值有变化的列，然后重试。",
  }),
  shape_mismatch: () => ({
    what: "本应配套的两部分对不上。",
    why: "表格与说明的列数不同，可能是数据类型在此期间更新了。",
    todo: "请重新加载页面，用同一个文件再来一次。",
  }),
  empty_file: () => ({
    what: "文件是空的。",
    why: "里面没有内容，或只有空行。",
    todo: "请选择另一个文件，或重新导出。",
  }),
  header_only: () => ({
    what: "文件只有列名，没有数据行。",
    why: "只有第一行有文字。",
    todo: "请选择有数据行的文件。如果第一行就是数据，请取消勾选“第一行是列名”。",
  }),
  too_many_columns: (d) => ({
    what: `表格的列太多${of(d, "columns", "：")}。`,
    why: `Berth 最多读取 ${given(d, "limit", "几千")} 列。`,
    todo: "请删除模型用不到的列（如备注、链接），或检查分隔符。",
  }),
  binary_file: () => ({
    what: "这不是文本文件。",
    why: "它的内容看起来像程序、图片或压缩包。",
    todo: "请把表格导出为 CSV 再选择。",
  }),
  unsupported_format: (d) => ({
    what: `暂时无法读取这种文件${of(d, "format", "：")}。`,
    why: "Berth 读取 CSV 等文本、Excel（.xlsx）、OpenDocument、Parquet、JSON、Arrow、NumPy、ARFF 和 SQLite，也可以放在 gzip 或 zip 里。",
    todo: "请在原来的程序里打开它，另存为 CSV 后再选择。",
  }),
  bad_encoding: (d) => ({
    what: "无法解码文件中的文字。",
    why: `Berth 不认识它的编码${of(d, "encoding", "：")}。`,
    todo: "请另存为“CSV UTF-8”后再选择。",
  }),
  unterminated_quote: (d) => ({
    what: "有一个引号没有闭合。",
    why: `某个单元格以引号开头${of(d, "record", "（第 ", " 行）")}，之后的内容都会被当作这个单元格。`,
    todo: "请补上或删除那个引号，然后重新选择文件。",
  }),
  bad_compression: () => ({
    what: "压缩文件已损坏。",
    why: "文件不完整，或校验和不对。",
    todo: "请重新下载或压缩，或解压后选择原文件。",
  }),
  damaged_file: (d) => ({
    what: `文件已损坏或不完整${of(d, "format", "：")}。`,
    why: "文件里的说明与内容对不上。",
    todo: "请重新下载或导出，再选择新的文件。",
  }),
  unsupported_picture: (d) => ({
    what: `无法读取这种图片${of(d, "format", "：")}。`,
    why: "Berth 读取 JPEG、PNG、WebP、AVIF、GIF 和 BMP。",
    todo: "请另存为 JPEG 或 PNG 后再选择。",
  }),
  picture_too_large: (d) => ({
    what: `图片太大，无法打开${of(d, "size", "：")}。`,
    why: "最多 1 亿像素、100 MB。",
    todo: "请另存为较小的图片后再选择。",
  }),
  no_pictures: (d) => ({
    what:
      d["count"] === 0
        ? "里面没有文件。"
        : `里面没有图片，也没有文本${of(d, "count", "（文件数：", "）")}。`,
    why: "Berth 能读取 JPEG、PNG、WebP、AVIF、GIF 和 BMP 以及文本（.txt）：文件夹、zip 或单个文件均可。",
    todo: "请选择含有这类文件的文件夹或 zip。",
  }),
  too_many_files: (d) => ({
    what: `其中的文件太多${of(d, "entries", "：")}。`,
    why: `一次最多读取 ${d["most"] ?? 50_000} 个。`,
    todo: "请只选择其中一部分，例如一次一个文件夹。",
  }),
  no_table: (d) => ({
    what: `文件里没有表格${of(d, "format", "：")}。`,
    why: `Berth 需要列相同的若干行，每个单元格是一个普通的值${of(d, "columns", "（这里是：", "）")}。`,
    todo: "请把表格单独导出（例如存为 CSV），再选择那个文件。",
  }),
  table_too_large: (d) => ({
    what: `文件太大，无法打开${of(d, "format", "：")}。`,
    why: "这种文件必须整个读入内存。",
    todo: "请存为 CSV 或 Parquet（可以分段读取），再选择那个文件。",
  }),
  no_usable_rows: (d) =>
    d["reason"] === "nothing_known"
      ? {
          what: "没有一行含有这些模型认识的内容。",
          why: `没有一行含有“${given(d, "space", "这类数据")}”认识的词或图片。`,
          todo: "请选择另一列或另一类数据；其他语言请选适用于任何语言的文本。",
        }
      : {
          what: "可用的行太少。",
          why: "在匹配的列中几乎没有一行有值，无从勾勒。",
          todo: "请检查匹配的列及其类型，或使用行数更多的表格。",
        },
  type_not_possible: (d) => ({
    what: `不能把该列${of(d, "column", "（", "）")}读作这种类型。`,
    why: "它的取值不允许。类型保持不变。",
    todo: "请为它选择别的类型。",
  }),
  choice_not_possible: (d) => ({
    what: "不能按您说明的方式读取文件。",
    why: whyNot(d),
    todo: "请在“读取方式”中改正，或留空，由程序自动判断。",
  }),
  preflight_failed: (d) => ({
    what: "没有发送任何内容：找不到足够安全的摘要。",
    why:
      d["reason"] === "too_close"
        ? "它的每个点都会与某一行重合，大量行相同时就会这样。"
        : d["reason"] === "attack"
          ? `在本机演练的攻击太容易分清它由哪些行构成${of(d, "rows", "（您有 ", " 行）")}。`
          : `它的每个点必须代表至少五行，行数太少${of(d, "rows", "（您有 ", " 行）")}时很难做到。`,
    todo:
      d["reason"] === "too_close"
        ? "请选择“什么都不发送”，或匹配更多各行取值不同的列，然后重试。"
        : "请选择“什么都不发送”，或使用行数更多的表格（几百行就足够），然后重试。",
  }),
  bad_specification: () => ({
    what: "某个模型的说明已损坏。",
    why: "服务器发来的内容不能描述一个分布。",
    todo: "请稍后重试；如果一直如此，请告诉服务器的管理者。",
  }),
  unsupported_kernel: () => ({
    what: "某个模型的比较方式是此版本不认识的。",
    why: "它的说明指定了这里无法计算的核函数。",
    todo: "请选择另一个模型，或使用更新的版本。",
  }),
  bad_package: (d) => ({
    what:
      d["reason"] === "other_question"
        ? "这个模型回答的不是卡片上所说的问题。"
        : "模型包已损坏或不完整。",
    why:
      d["reason"] === "other_question"
        ? "它预测的内容，或它区分的类别，与卡片不同。"
        : "其中缺少文件，或文件的格式不对。",
    todo: "请选择另一个模型。",
  }),
  package_too_large: () => ({
    what: "模型包太大，无法安全打开。",
    why: "解压后的文件数或大小超过了模型的上限。",
    todo: "请选择另一个模型。",
  }),
  bad_model: (d) => ({
    what: d["reason"] === "too_slow" ? "这个模型一直没有算完，已被停止。" : "无法运行这个模型。",
    why:
      d["reason"] === "too_slow"
        ? "它所用的时间远远超过模型通常需要的时间。"
        : "模型文件已损坏，或它的输入与声明的不一致。",
    todo: "请选择另一个模型。",
  }),
  unsupported_kind: (d) => ({
    what: "Berth 还不能使用这种模型。",
    why: `Berth 运行以表格列为输入、输出一个数值或每个类别一个分数的模型${of(d, "form", "；此学件为：")}。`,
    todo: "请选择另一个模型。",
  }),
  unsupported_operator: (d) => ({
    what: "模型被拒绝。",
    why: `它用到了不在安全列表中的运算${of(d, "operator", "：")}。`,
    todo: "请选择另一个模型。",
  }),
  not_exportable: (d) =>
    d["reason"] === "no_rows"
      ? {
          what: "这个模型无法制成学件。",
          why: "它学习所用的行已不在这里，因此无法制作其轮廓。",
          todo: "请打开这些行并重新训练，然后再分享。",
        }
      : {
          what: "这种预测方式无法写成一个模型。",
          why:
            d["reason"] === "lacking_features"
              ? "您的表格缺少模型需要的列，这些列由各模型在运行时自行补全。"
              : `其中的模型是为不能放进同一个文件的 ONNX 版本编写的${of(d, "operator", "：")}。`,
          todo:
            d["reason"] === "lacking_features"
              ? "请改为下载预测结果。"
              : "请改为下载预测结果，或单独运行一个模型后再下载。",
        },
  not_prepared: () => ({
    what: "模型已不在内存中。",
    why: "保存它们的后台线程已经停止，或已改用其他模型。",
    todo: "请重新运行模型。您的数据和选择都还在。",
  }),
  bad_input: () => ({
    what: "服务器没有接受请求。",
    why: "服务器与本页面对请求格式的理解不一致，可能其中一方刚刚更新。",
    todo: "请重新加载页面，用同一个文件再来一次。",
  }),
  device_lost: () => ({
    what: "显卡停止了响应。",
    why: "可能被其他程序占用，或电脑曾进入睡眠。",
    todo: "请重试。您的数据和选择都还在。",
  }),
  stale_island: () => ({
    what: "服务器正在重新整理这个特征空间。",
    why: "它从新的模型得到了更好的缩放方式，因此对您数据的描述已无法比较。",
    todo: "请重试。您的数据和选择都还在。",
  }),
  hash_mismatch: () => ({
    what: "下载到的内容与声明的不是同一个。",
    why: "校验和不同，说明它在途中被改动或损坏。它没有被打开，已经丢弃。",
    todo: "请重试；如果一直如此，请选择另一个模型或数据类型，并告诉服务器的管理者。",
  }),
  already_there: () => ({
    what: "已经有了。",
    why: "有人（也许就是您）之前已经添加过。",
    todo: "请使用已有的，或换一个名称。",
  }),
  not_allowed: () => ({
    what: "服务器不允许这样做。",
    why: "您的账户或所用的令牌没有这个权限。",
    todo: "请用有权限的账户登录，或询问服务器的管理者。",
  }),
  not_signed_in: () => ({
    what: "您没有登录。",
    why: "会话已结束，或者邮箱、密码、令牌不正确。",
    todo: "请登录后重试。",
  }),
  quota_full: () => ({
    what: "您的账户空间已满。",
    why: "您上传的内容已占满服务器给一个账户的全部空间。",
    todo: "请删除您的一些上传或模型，或请服务器的管理者增加空间。",
  }),
  too_often: () => ({
    what: "尝试得太频繁。",
    why: "服务器每分钟只接受一定次数的尝试，以防有人猜密码。",
    todo: "请等一分钟再试。",
  }),
  wrong_offset: () => ({
    what: "上传进度对不上。",
    why: "服务器上已收到的字节数与预期不同，可能是请求中断，或另有请求插入。",
    todo: "请重新发送，会从服务器已有的位置继续。",
  }),
  too_large: (d) => ({
    what: "内容太大。",
    why: `超过了${given(d, "limit", "上限")}。`,
    todo: "请使用较小的文件，例如只取一部分行。",
  }),
};

function whyNot(details: ErrorDetails): string {
  const told = given(details, "told", "");
  const noLine = `第 ${told} 行是空行，或文件没有这么多行。`;
  const reasons: Readonly<Record<string, string>> = {
    header: noLine,
    "first-row": `第 ${told} 行是空行、不在列名下方，或文件没有这么多行。`,
    rows: `表格没有第 ${told} 行的数据。`,
    encoding: `按 ${told} 编码读取时没有任何数据行。`,
    sheet: `没有名为“${told}”的工作表。`,
  };
  return reasons[given(details, "setting", "")] ?? `没有与 ${told} 对应的列。`;
}

function of(details: ErrorDetails, name: string, before: string, after = ""): string {
  const value = details[name];
  return value === undefined ? "" : `${before}${value}${after}`;
}

function given(details: ErrorDetails, name: string, otherwise: string): string {
  return String(details[name] ?? otherwise);
}
