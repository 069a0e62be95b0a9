import { expect, type Page, test } from "@playwright/test";

import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { goTo, lookFirst } from "./steps";

const file = canaryFile();

async function loadTable(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("mapping")).toContainText("18");
}

async function choose(page: Page, level: string): Promise<void> {
  await lookFirst(page, level);
  await expect(page.getByTestId("what-leaves")).toContainText("What would be sent");
}

async function sendAndCompare(page: Page): Promise<void> {
  await page.getByTestId("send").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
}

test("with “Nothing leaves” nothing is posted, and predictions are made", async ({
  page,
  baseURL,
}) => {
  const egress = new Egress(page);
  await loadTable(page);
  await choose(page, "Nothing leaves");
  await expect(page.getByTestId("what-leaves")).toContainText("Nothing is sent: 0 bytes");
  await expect(page.getByTestId("what-leaves")).toContainText("The server sees");
  await sendAndCompare(page);
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();

  expect(egress.bodies()).toEqual([]);
  expect(egress.methods()).toEqual(["GET"]);
  const named = "[a-z0-9-]+:[0-9a-f]{64}";
  for (const { pathname, search } of egress.addresses("/api/")) {
    if (pathname === "/api/v1/specifications") {
      expect(search).toMatch(new RegExp(`^\\?space=\\d+&of=${named}(,${named})*$`));
      const of = new URLSearchParams(search).get("of")!.split(",");
      expect(of, "in an order that says nothing").toEqual([...of].sort());
      continue;
    }
    expect(pathname).toMatch(
      /^\/api\/v1\/((islands|learnwares)(\/[a-z0-9-]+(\/[a-z]+)?)?|chart|books\/[0-9a-f]{64})$/,
    );
    expect(search).toMatch(/^(\?sha256=[0-9a-f]{64}(&island=\d+)?)?$/);
  }
  await egress.expectClean(new URL(baseURL!).origin, Object.values(canaries));
});

test("a noisy outline is posted exactly as shown, and every ε is counted", async ({
  page,
  baseURL,
}) => {
  const egress = new Egress(page);
  await loadTable(page);
  await page.getByRole("radio", { name: "Summary with noise", exact: true }).check();
  await page.getByTestId("epsilon").selectOption("0.5");
  await expect(page.getByTestId("too-noisy"), "600 rows are few at ε = 0.5").toBeVisible();
  await page.getByTestId("epsilon").selectOption("4");
  await expect(page.getByTestId("too-noisy")).toHaveCount(0);

  const shown: (string | null)[] = [];
  for (const spent of ["ε = 4", "ε = 8"]) {
    await choose(page, "Summary with noise");
    await expect(page.getByTestId("leaves-bytes")).toContainText("256 numbers with noise (ε = 4");
    shown.push(await page.getByTestId("what-leaves").locator("pre").textContent());
    await sendAndCompare(page);
    await goTo(page, "data");
    await expect(page.getByTestId("spent")).toContainText(`Already spent on these rows: ${spent}.`);
  }
  await expect(page.getByTestId("overspent")).toBeVisible();

  expect(egress.bodies()).toEqual(shown);
  const sent = egress.bodies().map(weightsIn);
  for (const weights of sent) expect(weights).toHaveLength(2 * 256);
  expect(sent[0], "noise is drawn anew").not.toEqual(sent[1]);
  await egress.expectClean(new URL(baseURL!).origin, Object.values(canaries));

  await loadTable(page);
  await expect(page.getByRole("radio", { name: "Summary with noise", exact: true })).toBeChecked();
  await expect(page.getByTestId("spent")).toContainText("Already spent on these rows: ε = 8.");
});

function weightsIn(body: string): Buffer {
  const { requirement } = JSON.parse(body) as SearchRequest;
  if (requirement?.form !== "weights" || !requirement.noise)
    throw new Error("another kind was sent");
  return Buffer.from(requirement.on.weights, "base64");
}
