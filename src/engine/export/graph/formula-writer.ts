import type { Formula } from "../../reuse/formula";
import type { FittedWay } from "../../reuse/predict/predict-rows";
import { normaliseShares } from "../../reuse/outputs/average";
import { writeCorrected, writeFitted, writeHead } from "./correction-graph";
import type { EmbeddedModel } from "./embed-model";
import type { GraphBuilder } from "./graph-builder";
import type { GraphInput } from "./graph-input";
import { writeMember } from "./member-graph";
import { type RowWeights, writeLargest } from "./row-weights-graph";

/** Writes formulas on learnwares' outputs. What several of them need is written once. */
export class FormulaWriter {
  readonly embedded: EmbeddedModel[] = [];
  readonly #builder: GraphBuilder;
  readonly #way: FittedWay;
  readonly #input: GraphInput;
  readonly #modelOf: (id: string) => Uint8Array;
  /** By learnware: [N, c]. */
  readonly #outputs = new Map<number, string>();
  readonly #rowWeights = new Map<Float64Array, RowWeights>();
  #estimate: string | null = null;

  /** @param modelOf - The ONNX file of a learnware, by id. */
  constructor(
    builder: GraphBuilder,
    way: FittedWay,
    input: GraphInput,
    modelOf: (id: string) => Uint8Array,
  ) {
    this.#input = input;
    this.#builder = builder;
    this.#way = way;
    this.#modelOf = modelOf;
  }

  /** @returns Name of the numbers or probabilities: [N, c], double precision. */
  write(formula: Formula): string {
    const builder = this.#builder;
    switch (formula.kind) {
      case "sum":
        return this.#sum(formula);
      case "votes":
        return this.#weighed(formula.weights, (m) => this.#vote(this.#output(m)));
      case "by_row": {
        const { shares, onlyLargest } = formula;
        return this.#byRow(shares, onlyLargest);
      }
      case "head":
        return writeHead(builder, formula.model, this.#output(formula.learnware));
      case "own":
        return writeFitted(builder, formula.model, this.#input.own());
      case "corrected": {
        const own = this.#input.own();
        return writeCorrected(builder, formula.model, own, this.#unlabelledEstimate());
      }
      case "blend":
        return builder.sum(
          formula.parts.map((part) => this.#times(this.write(part.formula), part.share)),
        );
    }
  }

  /** Numbers per row, or classes. */
  get #width(): number {
    return this.#way.prepared.sample.outputs.values[0]!.cols;
  }

  #sum({ weights, estimate, constant }: Extract<Formula, { readonly kind: "sum" }>): string {
    const builder = this.#builder;
    const parts: string[] = [];
    if (estimate === 0 || weights.some((weight) => weight !== 0)) {
      parts.push(this.#weighed(weights, (m) => this.#output(m)));
    }
    if (estimate !== 0) parts.push(this.#times(this.#unlabelledEstimate(), estimate));
    if (constant !== 0) parts.push(builder.number(constant));
    return builder.sum(parts);
  }

  #weighed(weights: Float64Array, outputOf: (m: number) => string): string {
    const used = [...weights.keys()].filter((m) => weights[m] !== 0);
    // Zeros of the right shape, where nothing has a weight.
    if (used.length === 0) return this.#times(outputOf(0), 0);
    return this.#builder.sum(used.map((m) => this.#times(outputOf(m), weights[m]!)));
  }

  #byRow(shares: Float64Array, onlyLargest: boolean): string {
    if (shares.length === 1) return this.#output(0);
    const rows = this.#weightsOf(shares);
    const builder = this.#builder;
    const weights = onlyLargest ? writeLargest(builder, rows, shares.length) : rows.weights;
    const used = [...shares.keys()].filter((m) => shares[m]! > 0);
    return builder.sum(
      used.map((m) => builder.node("Mul", [this.#output(m), builder.columns(weights, [m])])),
    );
  }

  /** As `unlabelledEstimate`. */
  #unlabelledEstimate(): string {
    const { shares } = this.#way.prepared.task;
    this.#estimate ??= this.#way.prepared.sample.evidence
      ? this.#byRow(shares, false)
      : this.#weighed(normaliseShares(shares), (m) => this.#output(m));
    return this.#estimate;
  }

  #weightsOf(shares: Float64Array): RowWeights {
    const known = this.#rowWeights.get(shares);
    if (known) return known;
    const { learnwares, usual } = this.#way.prepared;
    const specs = learnwares.map(({ spec }) => spec!);
    const written = this.#input.rowWeights(specs, usual!, shares);
    this.#rowWeights.set(shares, written);
    return written;
  }

  #output(m: number): string {
    const known = this.#outputs.get(m);
    if (known !== undefined) return known;
    const { learnwares, classes } = this.#way.prepared;
    const learnware = learnwares[m]!;
    const model = this.#modelOf(learnware.id);
    const member = writeMember(this.#builder, this.#input, learnware, model, classes);
    this.embedded.push(member.embedded);
    this.#outputs.set(m, member.values);
    return member.values;
  }

  #vote(output: string): string {
    const attributes = { axis: { integer: 1 }, keepdims: { integer: 1 } };
    const best = this.#builder.node("ArgMax", [output], attributes);
    const all = Array.from({ length: this.#width }, (_, k) => k);
    const codes = this.#builder.node("Constant", [], { value_ints: { integers: all } });
    return this.#builder.toDouble(this.#builder.node("Equal", [best, codes]));
  }

  #times(matrix: string, factor: number): string {
    if (factor === 1) return matrix;
    return this.#builder.node("Mul", [matrix, this.#builder.number(factor)]);
  }
}
