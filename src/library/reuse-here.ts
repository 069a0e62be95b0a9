import { scriptTable } from "../engine/export/templates/script-inputs";
import { EngineError } from "../engine/ground/errors";
import type { FailedLearnware } from "../engine/reuse/predict/learnware-run";
import { readAnswers } from "../engine/kinds/table/columns/answers/read-answers";
import type { Compute } from "../engine/specification/kernel/compute";
import type { ModelPool } from "../runtime/models/model-pool";
import { trainAlignments } from "../runtime/tensors/align-learnwares";
import { openWholeTensors } from "../runtime/tensors/whole-tfjs";
import type { OpenedLearnware, OpenedMembers } from "../workflows/reuse/ports";
import { ReuseHost } from "../workflows/reuse/reuse-host";
import { openMember } from "./run-learnwares";
import type { UserTable } from "./user-table";

/** Reuse for a table that is read here, with models that run in the pool. */
export function reuseHere(table: UserTable, compute: Compute, pool: ModelPool): ReuseHost {
  return new ReuseHost({
    rows: {
      read: (plan, rows, withOwn) => table.read(plan, rows, withOwn),
      answers: async (column, task) => {
        if (table.answers && column === table.answersColumn)
          return readAnswers(table.answers, task);
        throw new EngineError("bad_parameter", `column ${column} was not read for answers`);
      },
      scriptTable: async () => scriptTable(table.columns, table.own, table.profile),
    },
    compute: async () => compute,
    open: async (members): Promise<OpenedMembers> => {
      const parts = members.length === 1 ? pool.threads : 1;
      const opened: OpenedLearnware[] = [];
      const failed: FailedLearnware[] = [];
      for (const member of members) {
        try {
          opened.push(await openMember(member, pool, parts));
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          failed.push({ id: member.id, error });
        }
      }
      return { opened, failed };
    },
    async *learnAlignments(request, island, matches) {
      return yield* trainAlignments(await openWholeTensors(), request, island, matches);
    },
  });
}
