import { vi } from "vitest";

import type { Session } from "../../../src/app/screens/predict/session.svelte";

/** Wait until the table of a session is matched, or could not be: what matches is fetched when there are columns. */
export async function matched(session: Session): Promise<void> {
  await vi.waitFor(
    () => {
      const { kind } = session.mapping.state;
      if (kind === "loading" || kind === "idle") throw new Error(`matching is ${kind}`);
    },
    { interval: 1 },
  );
}
