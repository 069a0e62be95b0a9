import type { Format } from "../../../words/format";
import type { ColumnsWords } from "./english";

/** What is said about the columns of a table, in simplified Chinese. */
export function chinese(f: Format): ColumnsWords {
  const rows = (count: number) => `${f.integer(count)} 行`;
  const columns = (count: number) => `${f.integer(count)} 列`;
  const orders = { day: "日在前", month: "月在前" };
  const inOrder = (first?: string) => (first === "month" ? orders.month : orders.day);

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
      dialectOfLines: (encoding, delimiter) => `${encoding} 编码，${delimiter}`,
      delimiters: {
        ",": "逗号",
        ";": "分号",
        "\t": "制表符",
        "|": "竖线",
        " ": "空格",
        blanks: "连续空白",
        lines: "每行一条文本",
      },
      decimals: { ".": "点", ",": "逗号" },
      how: {
        title: "读取方式",
        unsure: "文字编码是推测的，其他编码也说得通。请看看表中的文字。",
        encoding: "文字编码",
        delimiter: "单元格之间",
        decimal: "小数点",
        order: "如 3/4/2021 的日期",
        asFound: "按推测",
        found: (value) => `${value}（推测）`,
        orders,
        line: "列名所在行（0：没有）",
        first: "读取的第一行",
        last: "读取的最后一行",
        missing: "另外表示缺失，用逗号分开",
        missingOnly: "NA 之类是有效的值",
        again: "重新读取",
      },
      header: "第一行是列名",
      sheet: "工作表",
      severalSheets: "合并的几个",
      findColumn: "查找列",
      noColumn: "没有这样名称的列。",
      view: "显示内容",
      views: { columns: "各列", rows: "各行" },
      gridLabel: "表格的行与列",
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
        marks_missing: ({ text, count }) =>
          `有 ${f.integer(count)} 个单元格写着 ${text ?? ""}，按缺失处理。如果这是有效的值，请在“读取方式”中说明。`,
        mark_is_value: ({ column, text, count }) =>
          `“${column ?? ""}”中的“${text ?? ""}”是它的一个取值（${f.integer(count)} 次），不是缺失。如果表示缺失，请在“读取方式”中说明。`,
        sentinel_values: ({ column, text, count }) =>
          `${text ?? ""} 在“${column ?? ""}”中出现 ${f.integer(count)} 次，与其他值相差很远。如果表示缺失，请在“读取方式”中说明。`,
        not_all_numbers: ({ column, count }, where) =>
          `“${column ?? ""}”不是数字列，因为其中 ${f.integer(count)} 个值不是数字${where}。`,
        twice_as_wide: ({ count }) =>
          `全部${rows(count)}的单元格数是列名的两倍。小数逗号可能被当成了分隔符：请用分号分隔，或改用小数点后再保存。`,
        mixed_currencies: ({ column, text, count }, where) =>
          `“${column ?? ""}”列有多种货币（${text ?? ""}），未作换算：${f.integer(count)} 个单元格与最常见的不同${where}。`,
        mixed_percent: ({ column, count }, where) =>
          `“${column ?? ""}”列有的数字带百分号，有的不带：5% 读作 5，0.05 读作 0.05。${f.integer(count)} 个单元格与其他的不同${where}。`,
        unreadable_dates: ({ column, text, count }, where) =>
          `“${column ?? ""}”中有 ${f.integer(count)} 个值不能读作日期${text === undefined ? "" : `（${inOrder(text)}）`}${where}，按缺失处理。`,
        ambiguous_dates: ({ column, text }) =>
          `“${column ?? ""}”列的日期可以是日在前，也可以是月在前，现按${inOrder(text)}读取。如果不对，请在“读取方式”中说明。`,
        controls_mended: ({ count }) =>
          `${f.integer(count)} 个来自其他编码、不会显示的字符，已按它们在 Windows 中的含义（’ “ – …）读取，或略去。下载的文件中仍保留原样。`,
        replaced_characters: ({ count }) =>
          `${f.integer(count)} 个字符无法解码。文件可能已损坏或混用了编码。`,
        nested_column: ({ column }) =>
          `“${column ?? ""}”列的单元格是列表、记录或字节，不是普通的值，已略过。`,
        other_sheets: ({ sheets }) =>
          `读取的是第一张有数据的（工作）表。另有：${(sheets ?? []).join("、")}。`,
        merged_cells: ({ count }) => `${f.integer(count)} 个合并的单元格已填入相同的值。`,
      },
      warningBriefs: {
        one_column: () => "只有一列",
        ragged_rows: ({ count }) => `${rows(count)}长度不一`,
        all_missing: ({ column }) => `${column ?? ""}：空列`,
        infinite_values: ({ column, count }) => `${column ?? ""}：${f.integer(count)} 个无穷值`,
        unreadable_numbers: ({ column, count }) => `${column ?? ""}：${f.integer(count)} 个读不出`,
        duplicate_names: ({ count }) => `${f.integer(count)} 个列名重复`,
        blank_names: ({ count }) => `${columns(count)}没有名称`,
        marks_missing: ({ text }) => `${text ?? ""} 表示缺失`,
        mark_is_value: ({ column, text }) => `${column ?? ""}：${text ?? ""} 是取值`,
        sentinel_values: ({ column, text }) => `${column ?? ""}：${text ?? ""} 可能表示缺失`,
        not_all_numbers: ({ column }) => `${column ?? ""}：不全是数字`,
        twice_as_wide: () => "单元格数是列名的两倍",
        mixed_currencies: ({ column, text }) => `${column ?? ""}：${text ?? ""}`,
        mixed_percent: ({ column }) => `${column ?? ""}：有的带百分号`,
        unreadable_dates: ({ column, count }) => `${column ?? ""}：${f.integer(count)} 个不是日期`,
        ambiguous_dates: ({ column }) => `${column ?? ""}：日在前还是月在前？`,
        controls_mended: ({ count }) => `${f.integer(count)} 个不可见字符`,
        replaced_characters: ({ count }) => `${f.integer(count)} 个字符读不出`,
        nested_column: ({ column }) => `${column ?? ""}：已略过`,
        other_sheets: ({ count }) => `另有 ${f.integer(count)} 张（工作）表`,
        merged_cells: ({ count }) => `已填 ${f.integer(count)} 个合并单元格`,
      },
      repairTexts: {
        notes_above: ({ text }, at) => `表格上方的说明已略过（${at}）：${text}`,
        notes_below: ({ text }, at) => `表格下方的说明已略过（${at}）：${text}`,
        names_in_two_rows: () => "列名写在多行中，已合并。",
        first_name_missing: () => "列名比列少一个：第一列没有名称。",
        units_row: ({ text }, at) => `列名下的单位不算一行数据（${at}）：${text}`,
        blank_rows: ({ count }, at) => `${f.integer(count)} 行没有任何值，已略过（${at}）。`,
        names_again: (_, at) => `列名重复出现，不算数据（${at}）。`,
        second_table: (_, at) => `下面还有另一张表（${at}），只读取第一张。`,
        other_names: (_, at) =>
          `这几行像是其他表格的列名（${at}），它们的数据行也在本表中。请在“读取方式”中去掉。`,
        stray_quotes: (_, at) => `不成对的引号按原样读取（${at}）。`,
        totals: (_, at) => `这几行像是合计或平均值（${at}）。如果是，请在“读取方式”中去掉。`,
      },
      repairBriefs: {
        notes_above: "已略过上方说明",
        notes_below: "已略过下方说明",
        names_in_two_rows: "列名来自两行",
        first_name_missing: "第一列没有名称",
        units_row: "单位行不算数据",
        blank_rows: "已略过空行",
        names_again: "列名重复",
        second_table: "下面还有一张表",
        other_names: "下面还有其他表格？",
        stray_quotes: "引号不成对",
        totals: "末尾是合计？",
      },
      atLines: (_, lines) => `第 ${lines} 行`,
      allRemarks: (count) => (count === 1 ? "详情" : `全部 ${f.integer(count)} 项`),
      moreRemarks: (count) => `另有 ${f.integer(count)} 项。`,
      show: "查看",
      undo: "保持原样",
      redo: "还是照做",
      leftUndone: (repair) => `按您的要求没有处理：${repair}。`,
      lacks: (column, count) => `“${column}”中有 ${f.integer(count)} 个单元格没有值。`,
      inRows: (list) => `（例如第 ${list} 行）`,
      columnsTitle: "各列",
      moreColumns: (count, all) => `再显示 ${f.integer(count)} 列（共 ${columns(all)}）`,
      typeOf: (column) => `${column} 的类型`,
      detected: (type) => `识别为${type}`,
      missing: (share) => `缺失 ${share}`,
      missingIn: (column, share) => `${column}，缺失 ${share}`,
      complete: "无缺失",
      noValue: "无值",
      distinct: (count, exact) =>
        !exact && count < 2 ? "值较长" : `${exact ? "" : "至少 "}${f.integer(count)} 种取值`,
      range: (least, most) => `${least} 至 ${most}`,
      histogram: (column) => `${column} 的分布`,
      filterBy: (column) => `按 ${column} 筛选行`,
      bar: (span, count) => `${span}：${rows(count)}`,
      filters: "筛选条件",
      filterText: (column, picked) => `${column}：${picked.join("、")}`,
      removeFilter: (filter) => `移除筛选 ${filter}`,
      allRows: "显示所有行",
      rowsShown: (shown, all) => `显示 ${rows(shown)}，共 ${rows(all)}`,
    },
  };
}
