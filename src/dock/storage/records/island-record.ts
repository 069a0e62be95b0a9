import type { z } from "zod";

import { Island } from "../../../contracts/http/dock-api";
import { SpaceFields } from "../../../engine/kinds/table/space/space";

/** What must outlive the database about an island; how many learnwares it has follows from theirs. */
export const IslandRecord = Island.extend({ spaceId: SpaceFields.shape.id });
export type IslandRecord = z.infer<typeof IslandRecord>;
