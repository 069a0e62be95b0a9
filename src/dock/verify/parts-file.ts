import { z } from "zod";

import { Space } from "../../engine/kinds/space-schema";
import { HeldBackMetric, Manifest } from "../../engine/learnware/manifest";
import { checkSemantic } from "../../engine/learnware/semantic";
import type { PackageParts } from "../../engine/verify/read-package";

const Parts = z.object({
  manifest: Manifest,
  semantic: z.unknown(),
  stat: z.string(),
  space: Space.optional(),
  measured: z.array(HeldBackMetric).max(10).optional(),
});

/** What a process that opened a zip says of it, looked at again: nobody knows what that process has become. */
export function partsFrom(json: string): PackageParts {
  const { manifest, semantic, stat, space, measured } = Parts.parse(JSON.parse(json));
  const parts = { manifest, semantic: checkSemantic(semantic), stat };
  return { ...parts, ...(space && { space }), ...(measured && { measured }) };
}
