import type { Format } from "../../../words/format";
import type { ColumnsWords } from "./english";

/** What is said about the columns of a table, in simplified Chinese. */
export function chinese(f: Format): ColumnsWords {
  const rows = (count: number) => `${f.integer(count)} 行`;
  const columns = (count: number) => `${f.integer(count)} 列`;

  return {
    types: {
      number: "数值",
      integer: "整数",
      boolean: "是 / 否",
      category: "类别",
      date: "日期",
      text: "文本",
      identifier: "标识符",
      constant: "常量",
    },
    profile: {
      title: "您的表格",
      size: (r, c) => `${rows(r)} × ${columns(c)}`,
      dialect: (encoding, delimiter, decimal) =>
        `${encoding} 编码，以${delimiter}分隔，小数点为${decimal}`,
      delimiters: { ",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线", " ": "空格" },
      decimals: { ".": "点", ",": "逗号" },
      header: "第一行是列名",
      warnings: "请留意",
      warningTexts: {
        one_column: () => "只找到一列。如果不对，文件可能用了不常见的分隔符。",
        ragged_rows: ({ count }, where) =>
          `${rows(count)}的单元格数与表头不一致${where}。缺少的按空处理，多余的被忽略。`,
        all_missing: ({ column }) => `“${column ?? ""}”列是空的。`,
        infinite_values: ({ column, count }) =>
          `“${column ?? ""}”中有 ${f.integer(count)} 个无穷值，按缺失处理。`,
        unreadable_numbers: ({ column, count }, where) =>
          `“${column ?? ""}”中有 ${f.integer(count)} 个值不能读作数字${where}，按缺失处理。`,
        duplicate_names: ({ count }) => `${f.integer(count)} 个列名重复，已加编号区分。`,
        blank_names: ({ count }) => `${columns(count)}没有名称，已用编号命名。`,
        replaced_characters: ({ count }) =>
          `${f.integer(count)} 个字符无法解码。文件可能已损坏或混用了编码。`,
      },
      inRows: (list) => `（例如第 ${list} 行）`,
      columnsTitle: "各列",
      typeOf: (column) => `${column} 的类型`,
      detected: (type) => `识别为${type}`,
      missing: (share) => `缺失 ${share}`,
      complete: "无缺失",
      distinct: (count, exact) => `${exact ? "" : "至少 "}${f.integer(count)} 种取值`,
      range: (least, most) => `${least} 至 ${most}`,
      mean: (mean) => `均值 ${mean}`,
      histogram: (column) => `${column} 的分布`,
      topValues: (column) => `${column} 最常见的取值`,
      preview: (count) => `文件中的前 ${rows(count)}（原样）`,
      previewLabel: "表格的前几行",
    },
  };
}
