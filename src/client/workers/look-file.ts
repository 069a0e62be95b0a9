import lookUrl from "../../engine/kinds/image/look-1.onnx?url";

import type { Call } from "../../contracts/workers/call";
import { LOOK } from "../../engine/kinds/image/look";
import { fetchChecked } from "./checked-file";

/**
 * The file of the embedder of pictures, fetched when the first picture is about to be embedded. Progress counts bytes.
 *
 * @throws AppError as `fetchChecked` does.
 */
export function fetchLook(call: Call = {}): Promise<Uint8Array<ArrayBuffer>> {
  return fetchChecked({ url: lookUrl, sha256: LOOK.mark.sha256, bytes: LOOK.file.bytes }, call);
}
