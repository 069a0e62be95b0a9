import { inspectOnnx, entryOf } from "../../src/engine/learnware/onnx/onnx-inspect";
import { EngineError } from "../../src/engine/ground/errors";
import type { Matrix } from "../../src/engine/ground/matrix";
import type { Answer } from "../../src/engine/pack/adapt-plan";
import { type ForeignModel, readForeign } from "../../src/engine/pack/foreign-model";
import type { ModelInput } from "../../src/engine/learnware/model-input";
import { openModel } from "../../src/runtime/models/ort-session";
import { type OnnxCase, readCases, readRefused } from "./onnx-cases";
import { fitsOf } from "./onnx-fit";
import { type Figure, printTable } from "./report";

const TOLERANCE = 1e-4;
const MOST_CLASSES = 1000;

/** What became of a model. */
interface Verdict {
  readonly name: string;
  readonly verdict: "as it is" | "packed" | "refused" | "differs";
  /** How it is fed. */
  readonly fed: string;
  /** What a row gets. */
  readonly gives: string;
  /** The largest difference from what was recorded, as a share of the largest number there, if above 1. */
  readonly error: number | null;
  readonly reason: string;
}

/** Which of the models in a folder can be used, and whether they then answer what was recorded; prints a line for each. */
export async function benchOnnx(directory: string): Promise<Figure[]> {
  const verdicts: Verdict[] = [];
  for (const recorded of readCases(directory)) verdicts.push(await judge(recorded));
  const labelled = await countLabels(directory);
  const all = verdicts.length;
  for (const { name, bytes } of readRefused(directory)) verdicts.push(await judgeRefused(name, bytes)); // prettier-ignore
  printTable([
    ["model", "verdict", "fed as", "gives a row", "error", "why"],
    ...verdicts.map(({ name, verdict, fed, gives, error, reason }) => [
      ...[name, verdict, fed, gives, error === null ? "" : error.toExponential(0), reason],
    ]),
  ]);
  const told = verdicts.slice(0, all);
  const count = (verdict: Verdict["verdict"], among = told) =>
    among.filter((one) => one.verdict === verdict).length;
  const figure = (name: string, metric: string, value: number): Figure => ({
    ...{ suite: "onnx", case: name, metric, unit: "models", value },
  });
  return [
    figure("with recorded answers", "all", told.length),
    figure("with recorded answers", "usable as they are", count("as it is")),
    figure("with recorded answers", "packed", count("packed")),
    figure("with recorded answers", "refused", count("refused")),
    figure("with recorded answers", "answer otherwise", count("differs")),
    figure("of their labels alone", "all that tell classes", labelled.all),
    figure("of their labels alone", "packed", labelled.same),
    figure("to be refused", "refused", count("refused", verdicts.slice(all))),
    figure("to be refused", "run after all", verdicts.length - all - count("refused", verdicts.slice(all))), // prettier-ignore
  ];
}

async function judge(recorded: OnnxCase): Promise<Verdict> {
  const { name, bytes } = recorded;
  const plain = await asItIs(recorded);
  if (plain) return plain;
  let reason = "";
  try {
    const model = readForeign(bytes);
    const answer = answerOf(model, recorded);
    const wanted = wantedOf(recorded, answer.output, model);
    const fits = fitsOf(model, recorded, answer);
    for (;;) {
      let fit;
      try {
        const next = fits.next();
        if (next.done) break;
        fit = next.value;
        const said = await run(fit.adapted.bytes, fit.adapted, fit.input);
        const error = differenceOf(said, wanted, fit.rows);
        const portion = { any: "", example: ", one example" };
        const fed =
          fit.form +
          (typeof fit.portion === "string"
            ? portion[fit.portion]
            : `, ${fit.portion.rows} rows at a time`) +
          (fit.fixed.length > 0 ? `, ${fit.fixed.length} inputs fixed` : "");
        const gives = said.cols === 1 ? "a number" : `${said.cols} numbers`;
        const verdict = error <= TOLERANCE ? "packed" : "differs";
        const isScores = wanted.isScores && said.cols <= MOST_CLASSES;
        return { name, verdict, fed, gives: isScores ? `${said.cols} scores` : gives, error, reason: "" }; // prettier-ignore
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        reason = error.message;
      }
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    reason = error.message;
  }
  return { name, verdict: "refused", fed: "", gives: "", error: null, reason };
}

/** Of how many classifiers the labels alone are the same, each a 1 in the column of its class. */
async function countLabels(directory: string) {
  const count = { all: 0, same: 0 };
  for (const recorded of readCases(directory)) {
    const wanted = recorded.outputs.find(({ type, name }) => name.includes('label') && /int64|string/.test(type)); // prettier-ignore
    if (!wanted || !("dims" in wanted)) continue;
    const model = readForeign(recorded.bytes);
    if (model.classes.length === 0) continue;
    count.all++;
    const answer = { form: "labels", output: wanted.name, labels: model.classes } as const;
    for (const { adapted, input } of fitsOf(model, recorded, answer)) {
      const said = await run(adapted.bytes, adapted, input).catch(refusalOf);
      if (said instanceof EngineError) continue;
      const isSame = wanted.data.every((label, row) =>
        model.classes.every(
          (one, k) => said.data[row * said.cols + k] === Number(one === String(label)),
        ),
      );
      if (isSame) count.same++;
      break;
    }
  }
  return count;
}

/** Null if something has to be written around it. */
async function asItIs({ name, bytes, inputs, outputs }: OnnxCase): Promise<Verdict | null> {
  const [input] = inputs;
  if (inputs.length !== 1 || input?.type !== "float32" || input.dims.length !== 2) return null;
  try {
    const inspected = inspectOnnx(bytes);
    const output = outputs.find(({ type }) => type === "seq" || type === "float32")?.name;
    if (output === undefined) return null;
    const entry = entryOf(inspected, { input: input.name, output });
    const data = Float32Array.from(input.data, Number);
    const said = await run(inspected.bytes, entry, { name: input.name, dims: input.dims, data });
    const error = differenceOf(said, wantedOf({ outputs }, output, null), input.dims[0]!);
    if (!(error <= TOLERANCE)) return null;
    const { isScores } = wantedOf({ outputs }, output, null);
    const gives = said.cols === 1 ? "a number" : `${said.cols} ${isScores ? "scores" : "numbers"}`;
    return { name, verdict: "as it is", fed: "table", gives, error, reason: "" };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return null;
  }
}

/** @throws anything but a refusal. */
function refusalOf(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

async function run(
  bytes: Uint8Array,
  { input, output }: { readonly input: string; readonly output: string },
  rows: ModelInput,
): Promise<Matrix<Float32Array>> {
  const inspected = inspectOnnx(bytes);
  const model = await openModel(inspected.bytes, entryOf(inspected, { input, output }));
  try {
    return await model.predict([rows]);
  } finally {
    await model.dispose();
  }
}

/** The output that is asked for: probabilities, or else the first. */
function answerOf({ outputs }: ForeignModel, recorded: Pick<OnnxCase, "outputs">): Answer {
  const isZipMap = recorded.outputs.findIndex(({ type }) => type === "seq");
  const place = isZipMap >= 0 ? isZipMap : Math.max(0, recorded.outputs.findIndex(({ type }) => type.startsWith("float"))); // prettier-ignore
  return { form: "numbers", output: outputs[place]!.name };
}

function wantedOf(
  { outputs }: Pick<OnnxCase, "outputs">,
  output: string,
  model: ForeignModel | null,
): { readonly values: readonly number[]; readonly isScores: boolean } {
  const place = model ? model.outputs.findIndex(({ name }) => name === output) : -1;
  const recorded = outputs.find(({ name }) => name === output) ?? outputs[place]!;
  const isScores = recorded.type === "seq" || outputs.some(({ name }) => name === "label");
  if ("dims" in recorded) return { values: recorded.data.map(Number), isScores };
  const classes = Object.keys(recorded.data[0] ?? {});
  const ordered = model && model.classes.length > 0 ? model.classes : classes;
  return { values: recorded.data.flatMap((row) => ordered.map((label) => row[label]!)), isScores };
}

/** @param rows - That were recorded; others may stand after them. */
function differenceOf(
  { data, cols }: Matrix<Float32Array>,
  { values }: ReturnType<typeof wantedOf>,
  rows: number,
): number {
  if (values.length !== rows * cols) {
    throw new EngineError("bad_model", `it gives ${rows * cols} numbers where ${values.length} were recorded`); // prettier-ignore
  }
  const finite = values.filter(Number.isFinite);
  const scale = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return values.reduce((most, value, i) => {
    if (Object.is(value, data[i]) || value === data[i]) return most;
    const difference = Math.abs(value - data[i]!) / scale;
    return Math.max(most, Number.isNaN(difference) ? Infinity : difference);
  }, 0);
}

async function judgeRefused(name: string, bytes: Uint8Array): Promise<Verdict> {
  const about = { name: `refuse/${name}`, fed: "", gives: "", error: null };
  try {
    const model = readForeign(bytes);
    const [input] = model.inputs;
    const shape = input!.shape?.map((size) => size ?? 3) ?? [3, 2];
    const size = shape.reduce((product, length) => product * length, 1);
    const rows: ModelInput = { name: input!.name, dims: shape, data: new Float32Array(size).fill(0.5) }; // prettier-ignore
    const output = model.outputs.at(-1)!.name;
    const said = await run(model.bytes, { input: input!.name, output }, rows);
    return { ...about, verdict: "as it is", gives: `${said.cols} numbers`, reason: "" };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...about, verdict: "refused", reason: error.message };
  }
}
