import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { editLearnware, waitForVerdict } from "../../client/account/submissions";
import { LearnwareEdit } from "../../contracts/http/my-api";
import { AppError } from "../../contracts/outcome";
import { required } from "../options";
import { accountOf, dockHelp, dockOptions } from "./account-of";
import { tell } from "./submit";

const usage = `berth update ID [--name TEXT] [--description TEXT] [--scenario TAG]… [--licence NAME] [--dock URL] [--wait] [--json]

Changes what a learnware of yours says of itself. The dock packs it anew with the same model, as its next version; until that
is verified, all stays as it is. For another model, submit its zip with --id ID.

  --name TEXT, --description TEXT, --licence NAME
  --description @FILE   the text of a file
  --scenario TAG        again for more
${dockHelp}
  --wait                until it is verified or refused
  --json                tell it as JSON`;

/** `berth update`: other words for a learnware. */
export async function update(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...dockOptions,
      name: { type: "string" },
      description: { type: "string" },
      scenario: { type: "string", multiple: true },
      licence: { type: "string" },
      wait: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const id = required(positionals[0], usage);
  const { name, scenario, licence } = values;
  const text = values.description;
  const description = text?.startsWith("@") ? await readFile(text.slice(1), "utf8") : text;
  const edit = LearnwareEdit.safeParse({ name, description, scenario, licence });
  if (!edit.success) {
    const [issue] = edit.error.issues;
    const where = issue?.path[0] === undefined ? "" : `--${String(issue.path[0])}: `;
    throw new AppError("bad_parameter", `${where}${issue?.message ?? "that cannot be"}`);
  }
  const account = await accountOf(values.dock);
  const submission = await editLearnware(account, id, edit.data);
  tell(values.wait ? await waitForVerdict(account, submission.number) : submission, values.json);
}
