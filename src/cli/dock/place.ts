import { AppError } from "../../contracts/outcome";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock place ISLAND SHARD

Has an island that is to come live on one of the databases of BERTH_SHARDS. It must have no learnware yet;
islands that nobody placed live on the main database.`;

export const place: DockCommand = {
  about: "choose the database of an island that is to come",
  usage,
  run: async ([island, shard, ...more], settings) => {
    if (!island || !shard || more.length > 0) throw usageError(usage);
    await withDock(settings, async ({ placeIsland }) => {
      if (!placeIsland) throw new AppError("bad_input", "it needs BERTH_SHARDS");
      await placeIsland(island, shard);
    });
    console.log(`${island} is to live on ${shard}`);
  },
};
