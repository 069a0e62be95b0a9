/** @file Spaces of all kinds as files and messages have them: apart, because the page's first screen does without zod. */

import { z } from "zod";

import { EmbeddingSpace } from "../specification/embedding/embedding-space";
import { Space as TableSpace } from "./table/space/space";

export const Space = z.union([EmbeddingSpace, TableSpace]);

export type Space = z.infer<typeof Space>;
