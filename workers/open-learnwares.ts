import type { ReuseMember } from "../src/contracts/reuse-api";
import { EngineError } from "../src/engine/errors";
import { inspectOnnx } from "../src/engine/learnware/onnx-inspect";
import { openLearnware } from "../src/engine/learnware/package";
import type { FailedLearnware, RunnableLearnware } from "../src/engine/reuse/learnware-run";
import { openModel, type OrtModel } from "../src/runtime/ort-session";

interface Opened {
  readonly opened: readonly RunnableLearnware[];
  readonly failed: readonly FailedLearnware[];
}

/** The learnwares of one plan. A model is loaded when it is first run, and kept until the next plan. */
export class OpenLearnwares {
  #models: Promise<OrtModel>[] = [];

  /** Free the models held, and open these packages. Those that cannot be understood are told apart. */
  async replace(members: readonly ReuseMember[]): Promise<Opened> {
    const before = this.#models;
    this.#models = [];
    const loaded = await Promise.allSettled(before);
    for (const one of loaded) if (one.status === "fulfilled") await one.value.dispose();
    const opened: RunnableLearnware[] = [];
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

  async #open({ id, zip, share, spec }: ReuseMember): Promise<RunnableLearnware> {
    const { manifest, model: bytes } = await openLearnware(zip);
    const about = manifest.model;
    const inspected = inspectOnnx(bytes);
    const output = inspected.renamedOutputs.get(about.output) ?? about.output;
    let model: Promise<OrtModel> | null = null;
    const load = () => {
      const loading = openModel(inspected.bytes, { input: about.input, output });
      this.#models.push(loading);
      return loading;
    };
    return {
      id,
      share,
      spec,
      about,
      run: async (rows) => (await (model ??= load())).predict(rows),
    };
  }
}
