import { expect, test } from "@playwright/test";

test.use({ serviceWorkers: "allow" });

test("the page installs, and predicts without a network what it has predicted before", async ({
  page,
  context,
}) => {
  await page.goto("/");
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
    const answer = await fetch(link?.href ?? "");
    return { type: answer.headers.get("Content-Type"), ...((await answer.json()) as object) };
  });
  expect(manifest).toMatchObject({ name: "Berth", display: "standalone" });

  await page.evaluate(() => localStorage.setItem("berth.privacy", "nothing"));
  await page.reload();
  await page.getByRole("button", { name: "House sales" }).click();
  await page.getByTestId("verdict").getByRole("button").click();
  const predictions = page.getByTestId("step-predictions");
  await expect(predictions).toHaveAttribute("aria-current", "step");
  await page.evaluate(() => navigator.serviceWorker.ready);

  // Of the dock only what is the same for everybody, by addresses without words.
  const kept = await page.evaluate(async () => {
    const requests = await (await caches.open("berth-dock")).keys();
    return requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  });
  expect(kept.length).toBeGreaterThan(0);
  for (const one of kept) {
    expect(one).toMatch(/^GET \/api\/v1\/(islands|chart|books|specifications|learnwares)/);
  }

  page.on("dialog", (dialog) => void dialog.accept()); // Predictions that nobody has downloaded.
  await context.setOffline(true);
  await page.reload();
  await page
    .getByRole("button", { name: "Go on where you were" })
    .or(predictions)
    .first()
    .waitFor();
  const goOn = page.getByTestId("go-on").getByRole("button").first();
  if (await goOn.isVisible()) await goOn.click();
  await page.getByTestId("step-data").click();
  await page.getByTestId("verdict").getByRole("button").click();
  await expect(predictions).toHaveAttribute("aria-current", "step");
  await expect(page.getByTestId("error")).toHaveCount(0);
});
