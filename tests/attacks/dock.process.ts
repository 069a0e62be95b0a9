/** @file A dock as an operator's settings say, with the starter and without the page. */

import { fileURLToPath } from "node:url";

import { destination, pino } from "pino";

import { startDock } from "../../src/dock/serve/start-dock";
import { readSettings } from "../../src/dock/settings";

const dock = await startDock({
  ...readSettings(process.env),
  starterDirectory: fileURLToPath(new URL("../../public/starter", import.meta.url)),
  isShippedStarter: true,
  onNoAdmin: (link) => void process.stderr.write(`${link}\n`),
  log: pino(destination(2)),
});
process.once("SIGTERM", () => void dock.close().then(() => process.exit(0)));
process.stdout.write(`berth ready ${dock.url}\n`);
