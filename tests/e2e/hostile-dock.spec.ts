import { createHash } from "node:crypto";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";

import type { SearchResponse } from "../../src/contracts/http/dock-api";

/** Answer every download with these bytes; if `isVouchedFor`, the search answer names their hash too. */
async function serveInstead(page: Page, bytes: Buffer, isVouchedFor: boolean): Promise<void> {
  await page.route("**/api/v1/learnwares/*/package*", (route) =>
    route.fulfill({ body: bytes, contentType: "application/zip" }),
  );
  if (!isVouchedFor) return;
  await page.route("**/api/v1/learnwares/*/specification*", async (route) => {
    const address = route.request().url().replace(/\?.*/, ""); // Its true version is another.
    await route.fulfill({ response: await route.fetch({ url: address }) });
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await page.route("**/api/v1/search", async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as SearchResponse;
    const singles = answer.singles.map((single) => ({
      ...single,
      learnware: { ...single.learnware, sha256, sizeBytes: bytes.length },
    }));
    await route.fulfill({ response, json: { ...answer, singles } });
  });
}

async function runSample(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Wine quality" }).click();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
}

async function honestZip(page: Page): Promise<Buffer> {
  const answer = await page.request.get("/api/v1/learnwares/quality-of-red-wine/package");
  return answer.body();
}

async function withModel(page: Page, model: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(await honestZip(page));
  zip.file("model.onnx", model);
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

const cases: readonly {
  readonly name: string;
  readonly make: (page: Page) => Promise<Buffer>;
  readonly isVouchedFor: boolean;
  readonly words: RegExp;
}[] = [
  {
    name: "other bytes than those promised",
    make: async (page) => Buffer.concat([await honestZip(page), Buffer.from("x")]),
    isVouchedFor: false,
    words: /not the one|fingerprint|hash|differ/i,
  },
  {
    name: "a corrupt zip",
    make: async (page) => (await honestZip(page)).subarray(0, 900),
    isVouchedFor: true,
    words: /zip|package|damaged|opened/i,
  },
  {
    name: "a zip bomb",
    make: (page) => withModel(page, Buffer.alloc(300 << 20)),
    isVouchedFor: true,
    words: /too large|big|unpack/i,
  },
  {
    name: "a model that is not ONNX",
    make: (page) => withModel(page, Buffer.from("import os; os.system('true')")),
    isVouchedFor: true,
    words: /ONNX|model/i,
  },
];

test.describe("a dock that hands out", () => {
  for (const { name, make, isVouchedFor, words } of cases) {
    test(`${name} gets a refusal in words, and the page goes on`, async ({ page }) => {
      await page.goto("/");
      await serveInstead(page, await make(page), isVouchedFor);
      await runSample(page);
      await expect(page.getByTestId("error")).toContainText(words);
      await page.unrouteAll();
      await page.getByTestId("find").click();
      await expect(page.getByTestId("run")).toBeEnabled();
      await page.getByTestId("run").click();
      await expect(page.getByTestId("predictions")).toBeVisible();
    });
  }
});
