import { parseArgs } from "node:util";

import { HttpDock } from "../../client/dock/http-dock";
import type { LearnwareCard, SearchResponse } from "../../contracts/http/dock-api";
import { EngineError } from "../../engine/ground/errors";
import { plainText } from "../../engine/ground/plain-text";
import { wholeNumber } from "../read-options";
import { dockHelp, dockOptions, dockOrigin } from "./account-of";

const usage = `berth search [WORDS…] [--scenario TAG] [--limit COUNT] [--dock URL] [--json]

Finds learnwares of a dock by words, in English or Chinese; without words it lists them. To find those that suit a table of
yours, use "berth predict". Nobody needs to be logged in.

  --scenario TAG  only of this one
  --limit COUNT   at most so many (default 20)
${dockHelp}
  --json          tell it as JSON`;

const MOST = 200;

/** `berth search`: learnwares by words. */
export async function search(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...dockOptions,
      scenario: { type: "string" },
      limit: { type: "string", default: "20" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const limit = wholeNumber("--limit", values.limit);
  if (limit < 1 || limit > MOST) {
    throw new EngineError("bad_parameter", `--limit is from 1 to ${MOST}`);
  }
  const text = positionals.join(" ");
  const found = await new HttpDock(dockOrigin(values.dock)).search({
    limit,
    filter: {
      ...(text !== "" && { text }),
      ...(values.scenario !== undefined && { tags: { Scenario: [values.scenario] } }),
    },
  });
  if (values.json) console.log(JSON.stringify(found.singles.map(({ learnware }) => learnware)));
  else for (const single of found.singles) console.log(line(single));
}

function line({ learnware }: SearchResponse["singles"][number]): string {
  const { id, name, task, target, islandId, metrics, measured } = learnware;
  const good = [goodness(metrics, "declared"), goodness(measured, "measured by the dock")];
  const about = [`${task} of ${target}`, islandId, ...good.filter((part) => part !== null)];
  return plainText(`${id}  ${name} (${about.join(", ")})`);
}

/** The first of its metrics, and who says so; null where nobody does. */
function goodness([metric]: LearnwareCard["metrics"] = [], whose: string): string | null {
  return metric ? `${metric.name} ${Number(metric.value.toPrecision(3))} ${whose}` : null;
}
