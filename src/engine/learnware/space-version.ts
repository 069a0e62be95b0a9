import { z } from "zod";

/** The version of a space; databases keep it in 32 bits. */
export const SpaceVersion = z.int32().positive();
