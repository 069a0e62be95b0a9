import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";

import { submitZip, waitForVerdict } from "../../client/account/submissions";
import { MOST_UPLOAD_BYTES, type Submission } from "../../contracts/http/my-api";
import { AppError } from "../../contracts/outcome";
import { required } from "../options";
import { accountOf, dockHelp, dockOptions } from "./account-of";
import { checkZip } from "./check-zip";
import { checkLine, stateLine } from "./report";

const usage = `berth submit FILE [--id ID] [--island ID] [--dock URL] [--wait] [--json]

Shares a learnware: FILE, its zip, is checked here as the dock will check it, sent piece by piece, and verified there. With
--id of a learnware of yours it is a new version, and the one before answers until the new one is verified.

  --id ID         of the learnware (default: the dock makes one of its name)
  --island ID     to join, if several have the learnware's features
${dockHelp}
  --resume ID     go on with an upload that broke off, whose id was told
  --wait          until it is verified or refused; the exit code is 1 if it is refused
  --json          tell it as JSON`;

/** `berth submit`: a zip goes to a dock. */
export async function submit(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...dockOptions,
      id: { type: "string" },
      island: { type: "string" },
      resume: { type: "string" },
      wait: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const path = required(positionals[0], usage);
  const account = await accountOf(values.dock);
  const { size } = await stat(path);
  if (size > MOST_UPLOAD_BYTES) {
    throw new AppError("too_large", `${path} has ${size} bytes, a dock takes ${MOST_UPLOAD_BYTES}`);
  }
  const zip = new Uint8Array(await readFile(path));
  const isFine = await checkZip(zip, account.origin, (check) => console.error(checkLine(check)));
  if (!isFine) {
    throw new AppError(
      "bad_input",
      `nothing was sent: the dock would refuse ${path}, as told above`,
    );
  }
  const submission = await submitZip(account, zip, {
    learnwareId: values.id,
    islandId: values.island,
    ...(values.resume !== undefined && { uploadId: values.resume }),
    onUpload: (id) => console.error(`upload ${id}`),
    onProgress: ({ done, total }) => console.error(`sent ${Math.round((100 * done) / total)} %`),
  });
  tell(values.wait ? await waitForVerdict(account, submission.number) : submission, values.json);
}

/** Tells what became of a submission; one that is refused fails the command. */
export function tell(submission: Submission, asJson = false): void {
  if (asJson) console.log(JSON.stringify(submission, null, 2));
  else {
    for (const check of submission.checks) console.log(checkLine(check));
    console.log(stateLine(submission));
  }
  if (submission.state === "refused") process.exitCode = 1;
}
