/** One column of a model's input, with a value such as it has learnt from. */
export interface InputColumn {
  readonly name: string;
  readonly value: number;
}

/** What it takes to run a model elsewhere. */
export interface Runnable {
  readonly id: string;
  /** Where its package can be fetched. */
  readonly address: string;
  readonly sha256: string;
  /** In the package. */
  readonly fileName: string;
  /** In the ONNX graph. */
  readonly input: string;
  readonly output: string;
  readonly columns: readonly InputColumn[];
  /** Of classes, in the order of what comes out; empty for a number. */
  readonly labels: readonly string[];
}

export const LANGUAGES = ["python", "javascript", "curl"] as const;
export type SnippetLanguage = (typeof LANGUAGES)[number];

export function snippetOf(language: SnippetLanguage, runnable: Runnable): string {
  return { python, javascript, curl }[language](runnable);
}

function python({ address, sha256, fileName, input, output, columns, labels }: Runnable): string {
  const rows = columns.map(({ name, value }) => `    (${quote(name)}, ${value}),`);
  return `# pip install numpy onnxruntime
import hashlib
import io
import urllib.request
import zipfile

import numpy as np
import onnxruntime as ort

with urllib.request.urlopen(${quote(address)}) as answer:
    package = answer.read()
assert hashlib.sha256(package).hexdigest() == "${sha256}"
files = zipfile.ZipFile(io.BytesIO(package))
name = next(name for name in files.namelist() if name.split("/")[-1] == ${quote(fileName)})
model = ort.InferenceSession(files.read(name), providers=["CPUExecutionProvider"])

# One row, its columns in the order that the model takes them. Where a value is missing: float("nan")
row = [
${rows.join("\n")}
]
x = np.array([[value for _, value in row]], dtype=np.float32)
${labels.length > 0 ? `# Shares of ${JSON.stringify(labels)}\n` : ""}print(model.run([${quote(output)}], {${quote(input)}: x})[0])
`;
}

function javascript({
  address,
  sha256,
  fileName,
  input,
  output,
  columns,
  labels,
}: Runnable): string {
  const rows = columns.map(({ name, value }) => `  [${quote(name)}, ${value}],`);
  return `// Node 20 or later, as predict.mjs: npm install onnxruntime-web jszip
import { createHash } from "node:crypto";
import JSZip from "jszip";
import * as ort from "onnxruntime-web";

const answer = await fetch(${quote(address)});
const bytes = Buffer.from(await answer.arrayBuffer());
if (createHash("sha256").update(bytes).digest("hex") !== "${sha256}") {
  throw new Error("this is another package");
}
const zip = await JSZip.loadAsync(bytes);
const file = Object.values(zip.files).find(({ name }) => name.split("/").at(-1) === ${quote(fileName)});
const session = await ort.InferenceSession.create(await file.async("uint8array"));

// One row, its columns in the order that the model takes them. Where a value is missing: NaN
const row = [
${rows.join("\n")}
];
const x = new ort.Tensor("float32", Float32Array.from(row, ([, value]) => value), [1, row.length]);
const found = await session.run({ ${quote(input)}: x });
${labels.length > 0 ? `// Shares of ${JSON.stringify(labels)}\n` : ""}console.log(Array.from(found[${quote(output)}].data));
`;
}

function curl({ id, address, sha256 }: Runnable): string {
  return `curl --fail --location --output ${id}.zip ${shell(address)}
echo "${sha256}  ${id}.zip" | sha256sum --check
`;
}

/** As JSON, which Python and JavaScript read alike. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
