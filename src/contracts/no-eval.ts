/**
 * @file Keeps zod from trying `eval`, which the policies of page and workers forbid: browsers report
 * even a try. To be imported before any schema, by what brings the first ones into a thread.
 */

import { config } from "zod";

config({ jitless: true });
