import type { ReuseMember } from "../../src/contracts/workers/reuse-plan";
import { EngineError } from "../../src/engine/ground/errors";
import { entryOf, inspectOnnx } from "../../src/engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../../src/engine/learnware/package";
import { runnableModel } from "../../src/engine/learnware/runnable-model";
import type { FailedLearnware } from "../../src/engine/reuse/predict/learnware-run";
import type { OpenedLearnware, OpenedMembers } from "../../src/workflows/reuse/ports";
import type { ModelPool } from "../../src/runtime/models/model-pool";
import type { OrtModel } from "../../src/runtime/models/ort-session";

/** The learnwares of one plan. A model is loaded when it is first run, and kept until the next plan. */
export class OpenLearnwares {
  #models: Promise<OrtModel>[] = [];
  readonly #pool: () => ModelPool;

  constructor(pool: () => ModelPool) {
    this.#pool = pool;
  }

  /** Free the models held, and open these packages. Those that cannot be understood are told apart. */
  async replace(members: readonly ReuseMember[]): Promise<OpenedMembers> {
    const before = this.#models;
    this.#models = [];
    const loaded = await Promise.allSettled(before);
    for (const one of loaded) if (one.status === "fulfilled") await one.value.dispose();
    const opened: OpenedLearnware[] = [];
    const failed: FailedLearnware[] = [];
    for (const member of members) {
      try {
        opened.push(await this.#open(member));
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        failed.push({ id: member.id, error });
      }
    }
    return { opened, failed };
  }

  async #open({ id, zip, share, spec }: ReuseMember): Promise<OpenedLearnware> {
    const learnware = await openLearnware(zip);
    const about = runnableModel(learnware.manifest);
    const inspected = inspectOnnx(learnware.model);
    const entry = entryOf(inspected, about);
    let model: Promise<OrtModel> | null = null;
    const load = () => {
      const loading = this.#pool().open(inspected.bytes, entry);
      this.#models.push(loading);
      return loading;
    };
    return {
      ...{ id, share, spec, about, package: learnware },
      run: async (inputs) => (await (model ??= load())).predict(inputs),
    };
  }
}
