import type { Progress, Steps } from "../../../../ground/progress";
import type { Archive } from "../../../../learnware/zip/unzip";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { wholeFile } from "../cells/whole-text";
import type { ReadOptions } from "../reader";
import { loadSheets } from "../sheets/load-sheets";
import { attribute, eachTag, type XmlListener } from "../sheets/xml";
import type { ByteTools, TableSource } from "../source";
import { openTables } from "../zip/table-archive";
import { type NumberFormat, numberFormat } from "./number-format";
import { plainText } from "./plain-text";
import { SheetListener } from "./sheet-listener";

const CALLED = "Excel workbook";

/** @throws EngineError `damaged_file`, `table_too_large`, `no_table` */
export async function* loadXlsx(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const parts = new Parts(
    await openTables(await wholeFile(source, CALLED), CALLED),
    source.tools,
    total,
  );
  const book = new BookListener();
  yield* parts.read(await parts.bookPath(), book);
  const links = new LinkListener();
  yield* parts.read("xl/_rels/workbook.xml.rels", links);
  const strings = new StringListener();
  yield* parts.read(links.pathOf("sharedStrings") ?? "xl/sharedStrings.xml", strings, true);
  const styles = new StyleListener();
  yield* parts.read(links.pathOf("styles") ?? "xl/styles.xml", styles, true);
  const sheets = book.sheets.flatMap(({ name, id, isHidden }) => {
    const path = links.paths.get(id);
    return path !== undefined && parts.has(path) ? [{ name, path, isHidden }] : [];
  });
  return yield* loadSheets(
    {
      sheets: sheets.map(({ name }) => name),
      isHidden: (index) => sheets[index]!.isHidden,
      async *readSheet(index) {
        const listener = new SheetListener(strings.texts, styles.formats, book.is1904);
        yield* parts.read(sheets[index]!.path, listener);
        return listener.grid;
      },
    },
    options,
    CALLED,
  );
}

/** The XML files of a workbook. */
class Parts {
  readonly #archive: Archive;
  readonly #tools: ByteTools;
  readonly #names: ReadonlyMap<string, string>;
  readonly #total: number;
  #done = 0;

  constructor(archive: Archive, tools: ByteTools, total: number) {
    this.#archive = archive;
    this.#tools = tools;
    // Some writers begin paths with a slash, or write them in another case.
    this.#names = new Map(
      archive.names.map((name) => [name.replace(/^\//, "").toLowerCase(), name]),
    );
    this.#total = total;
  }

  has(path: string): boolean {
    return this.#names.has(path.toLowerCase());
  }

  async bookPath(): Promise<string> {
    if (this.has("xl/workbook.xml")) return "xl/workbook.xml";
    const isBinary = this.has("xl/workbook.bin");
    throw damaged(
      CALLED,
      isBinary ? "it is of the binary kind: save it as .xlsx" : "its list of sheets is missing",
    );
  }

  async *read(path: string, listener: XmlListener, isOptional = false): Steps<void> {
    const name = this.#names.get(path.toLowerCase());
    if (name === undefined) {
      if (isOptional) return;
      throw damaged(CALLED, `"${path}" is missing`);
    }
    const bytes = await this.#archive.unpack(name);
    const decoding = this.#tools.decoding("utf-8", false);
    for (const at of eachTag(bytes, (part, more) => decoding.decode(part, more), listener)) {
      // Each file is taken for half of what is left, as their sizes are not known before.
      const done = this.#done + ((this.#total / 2 - this.#done) / 2) * (at / bytes.length);
      yield { stage: "read", done: Math.floor(done), total: this.#total } satisfies Progress;
    }
    this.#done += (this.#total / 2 - this.#done) / 2;
  }
}

class BookListener implements XmlListener {
  readonly sheets: { readonly name: string; readonly id: string; readonly isHidden: boolean }[] =
    [];
  is1904 = false;

  readonly open: XmlListener["open"] = (name, attributes) => {
    if (name === "workbookPr") this.is1904 = isTrue(attribute(attributes, "date1904"));
    if (name !== "sheet") return;
    const id = attribute(attributes, "id") ?? "";
    const isHidden = /hidden$/i.test(attributes["state"] ?? "");
    this.sheets.push({ name: attributes["name"] ?? "", id, isHidden });
  };
}

class LinkListener implements XmlListener {
  /** By id. */
  readonly paths = new Map<string, string>();
  readonly #byKind = new Map<string, string>();

  readonly open: XmlListener["open"] = (name, attributes) => {
    if (name !== "Relationship") return;
    const target = attributes["Target"] ?? "";
    const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
    this.paths.set(attributes["Id"] ?? "", path);
    this.#byKind.set(attributes["Type"]?.split("/").at(-1) ?? "", path);
  };

  pathOf(kind: string): string | undefined {
    return this.#byKind.get(kind);
  }
}

/** Texts that cells point at, without what tells how they are pronounced. */
class StringListener implements XmlListener {
  readonly texts: string[] = [];
  #text = "";
  #isText = false;
  #isAside = false;

  readonly open: XmlListener["open"] = (name) => {
    if (name === "si") this.#text = "";
    if (name === "rPh") this.#isAside = true;
    this.#isText = name === "t" && !this.#isAside;
  };

  readonly text = (text: string): void => {
    if (this.#isText) this.#text += text;
  };

  readonly close = (name: string): void => {
    this.#isText = false;
    if (name === "rPh") this.#isAside = false;
    if (name === "si") this.texts.push(plainText(this.#text));
  };
}

/** How the numbers of cells are shown, by the index of their style. */
class StyleListener implements XmlListener {
  readonly formats: NumberFormat[] = [];
  readonly #codes = new Map<number, string>();
  #areCells = false;

  readonly open: XmlListener["open"] = (name, attributes) => {
    if (name === "numFmt") {
      this.#codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
    }
    if (name === "cellXfs") this.#areCells = true;
    if (name !== "xf" || !this.#areCells) return;
    const id = Number(attributes["numFmtId"] ?? 0);
    this.formats.push(numberFormat(id, this.#codes.get(id)));
  };

  readonly close = (name: string): void => {
    if (name === "cellXfs") this.#areCells = false;
  };
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
