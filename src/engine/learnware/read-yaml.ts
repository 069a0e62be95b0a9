import { CST, Lexer, parse } from "yaml";

/** A manifest has some hundred keys, and an item for each feature and label. */
const MOST_KEYS = 2000;
const MOST_TOKENS = 60_000;
const DEEPEST = 32;

/**
 * What a YAML document holds. Its size is counted before it is understood, since the time for that grows with the square
 * of the number of keys.
 *
 * @throws Error in words for whoever wrote the document, if it is not YAML or holds too much.
 */
export function readYaml(text: string): unknown {
  const size = new Size();
  for (const token of new Lexer().lex(text)) size.add(token);
  return parse(text, { maxAliasCount: 20, logLevel: "error" });
}

class Size {
  #tokens = 0;
  #keys = 0;
  /** Brackets that are open: whether each is of a map. */
  readonly #open: boolean[] = [];
  /** Blocks that may begin in this line, with those that the spaces before it are of. */
  #inLine = 0;
  #isStart = true;

  add(token: string): void {
    const type = CST.tokenType(token);
    if (++this.#tokens > MOST_TOKENS) throw new Error(`it has more than ${MOST_TOKENS} parts`);
    if (type === "newline") this.#inLine = 0;
    else if (type === "space" && this.#isStart) this.#inLine = token.length / 2;
    else if (type === "seq-item-ind" || type === "explicit-key-ind") this.#inLine++;
    else if (type === "flow-map-start" || type === "flow-seq-start") {
      this.#open.push(type === "flow-map-start");
    } else if (type === "flow-map-end" || type === "flow-seq-end") this.#open.pop();
    const isKey =
      type === "map-value-ind" ||
      type === "explicit-key-ind" ||
      (type === "comma" && this.#open.at(-1) === true);
    if (isKey && ++this.#keys > MOST_KEYS) throw new Error(`it has more than ${MOST_KEYS} keys`);
    if (this.#open.length + this.#inLine > DEEPEST) {
      throw new Error(`it is nested more than ${DEEPEST} deep`);
    }
    this.#isStart = type === "newline";
  }
}
