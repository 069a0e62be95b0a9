import { z } from "zod";

/** What a model predicts: a number, or one of several classes. */
export const Task = z.enum(["regression", "classification"]);
export type Task = z.infer<typeof Task>;
