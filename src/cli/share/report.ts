import type { Submission } from "../../contracts/http/my-api";
import { plainText } from "../../engine/ground/plain-text";
import type { Check } from "../../engine/verify/check";

type Told = Pick<Check, "id" | "state" | "message" | "seconds">;

const what: Readonly<Record<Check["id"], string>> = {
  zip: "the zip",
  manifest: "learnware.yaml",
  semantic: "semantic specification",
  model: "the ONNX graph",
  specification: "statistical specification",
  honesty: "a specification of real rows",
  space: "fits its space",
  own_rows: "answers rows like its own",
  noise: "answers noise",
  edges: "answers odd rows",
  batches: "1, 10 and 1000 rows at once",
  speed: "speed",
  sample: "as good as it says",
  island: "has a place in the dock",
};
const marks: Readonly<Record<Check["state"], string>> = {
  passed: "ok",
  warned: "note",
  refused: "NO",
};

/** One line of a report. */
export function checkLine({ id, state, message, seconds }: Told): string {
  const about = `${marks[state].padEnd(5)}${what[id].padEnd(30)}${seconds.toFixed(2)} s`;
  return plainText(message === null ? about : `${about}  ${message}`);
}

/** What became of a submission, in one line. */
export function stateLine({ number, state, learnwareId }: Submission): string {
  const id = learnwareId === null ? "" : ` ${learnwareId}`;
  switch (state) {
    case "verified":
      return `submission ${number} is verified: the learnware is${id}`;
    case "refused":
      return `submission ${number} is refused; the first line with NO says why`;
    case "running":
      return `submission ${number} is being verified`;
    case "waiting":
      return `submission ${number} waits to be verified`;
  }
}
