import { entryOf } from "../engine/learnware/onnx/onnx-inspect";
import type { Check } from "../engine/verify/check";
import { verifyPackage, type VerifyPorts } from "../engine/verify/verify-package";
import { decoding } from "../runtime/text-decoding";
import type { ModelPool } from "../runtime/models/model-pool";

/**
 * The checks that a dock makes of a learnware, made here.
 *
 * @param findSpace - Knows spaces that a zip only names.
 * @param onCheck - Told of each as it is made.
 * @returns Whether nothing refuses it.
 */
export async function verifyZip(
  zip: Uint8Array,
  pool: ModelPool,
  findSpace: VerifyPorts["findSpace"],
  onCheck: (check: Check) => void,
): Promise<boolean> {
  const checking = verifyPackage(zip, {
    open: async (inspected, about) => {
      const model = await pool.open(inspected.bytes, entryOf(inspected, about));
      return { run: (inputs) => model.predict(inputs), close: () => model.dispose() };
    },
    findSpace,
    decoding,
    now: () => performance.now(),
  });
  for (;;) {
    const next = await checking.next();
    if (next.done) return next.value !== null;
    onCheck(next.value);
  }
}
