import type { SessionSettings, Sql } from "./database";

/** Sets them for the rest of the connection; an extension that is loaded later finds its own. */
export async function applySettings(connection: Sql, settings: SessionSettings): Promise<void> {
  await connection.query("select set_config(key, value, false) from json_each_text($1)", [
    JSON.stringify(settings),
  ]);
}
