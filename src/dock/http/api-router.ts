import { OpenAPIHono } from "@hono/zod-openapi";

import { AppError } from "../../contracts/outcome";
import { describeIssues } from "./problems";

/** A router that checks every request against its contract, and says which field is wrong. */
export function apiRouter() {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new AppError("bad_input", describeIssues(result.error));
    },
  });
}
