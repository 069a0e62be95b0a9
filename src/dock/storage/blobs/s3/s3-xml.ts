import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

import { AppError } from "../../../../contracts/outcome";

const parser = new XMLParser({
  parseTagValue: false,
  htmlEntities: true, // Numbers of characters are among them.
  isArray: (name) => name === "Contents" || name === "Upload",
});

/**
 * What an S3 server has answered.
 *
 * @param schema - Texts by the names of their elements; a list of `Contents` or `Upload`.
 * @throws AppError `internal` if it is something else.
 */
export function readXml<T>(schema: z.ZodType<T>, xml: string): T {
  const { data, error } = schema.safeParse(parse(xml));
  if (error) {
    const what = error.issues[0]?.path.join(".") ?? "";
    throw new AppError("internal", `the S3 server's answer has no ${what}`);
  }
  return data;
}

const Failure = z.object({ Error: z.object({ Code: z.string().optional() }).or(z.literal("")) });

/** The code of an error, which may be empty; null of any other answer. */
export function errorCodeIn(xml: string): string | null {
  const { data } = Failure.safeParse(parse(xml));
  return data ? (data.Error === "" ? "" : (data.Error.Code ?? "")) : null;
}

function parse(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    return null;
  }
}
