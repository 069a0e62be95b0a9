import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "@playwright/test";
import Papa from "papaparse";

import { startS3Server } from "../fixtures/s3-server";
import { startDockProcess } from "./dock-process";
import { type FreshDatabase, freshDatabase } from "./fresh-database";

let database: FreshDatabase | null = null;

test.beforeAll(async () => {
  test.setTimeout(600_000); // The first time on a machine, PostgreSQL is fetched.
  try {
    database = await freshDatabase();
  } catch (error) {
    const { CI, BERTH_REQUIRE_POSTGRES, TEST_DATABASE_URL } = process.env;
    if (CI || BERTH_REQUIRE_POSTGRES || TEST_DATABASE_URL) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`The test of stores is skipped (set TEST_DATABASE_URL): ${reason}`);
  }
});
test.afterAll(async () => database?.drop());

test("a table becomes predictions by a dock on PostgreSQL and S3", async ({ page }) => {
  test.skip(database === null, "there is no PostgreSQL");
  const s3 = await startS3Server();
  const data = join(mkdtempSync(join(tmpdir(), "berth-stores-")), "data");
  const dock = await startDockProcess({
    BERTH_DATA: data,
    BERTH_DATABASE_URL: database!.url,
    BERTH_BLOBS: `s3://${s3.bucket}/zips?endpoint=${s3.endpoint}&region=${s3.region}`,
    AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
  });
  try {
    await page.goto(dock.url);
    await page.getByRole("button", { name: "Wine quality" }).click();
    await page.getByTestId("find").click();
    await expect(page.getByTestId("recommendation").first()).toBeVisible();
    await page.getByTestId("run").click();
    await expect(page.getByTestId("predictions")).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("download").click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    const [header, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    expect(header!.slice(-2)).toEqual(["predicted_quality", "far_from_training"]);
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) expect(Number(row.at(-2))).toBeGreaterThan(0);
    expect((await s3.objects()).length, "zips lie in the bucket").toBeGreaterThan(100);
    expect(existsSync(data), "and nothing in the data directory").toBe(false);
  } finally {
    await dock.stop();
    await s3.close();
  }
});
