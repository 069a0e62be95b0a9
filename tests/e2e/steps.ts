import { expect, type Page, type TestInfo } from "@playwright/test";

/** The page where sums are made as the project wants them. */
export function addressFor({ project }: TestInfo, origin = ""): string {
  return project.name === "webgpu" ? `${origin}/?compute=webgpu` : `${origin}/`;
}

/** The page says that sums were made so. */
export async function expectComputed(page: Page, { project }: TestInfo): Promise<void> {
  const name = project.name === "webgpu" ? "WebGPU" : "WASM";
  await expect(page.getByRole("contentinfo")).toContainText(name);
}

type Step = "data" | "match" | "models" | "predictions";

export async function goTo(page: Page, step: Step): Promise<void> {
  await page.getByTestId(`step-${step}`).click();
}

/** Open what the chosen way of describing the rows shows of them, if it is closed. */
export async function openLeaveDetails(page: Page): Promise<void> {
  const details = page.getByTestId("leave-details");
  if ((await details.getAttribute("open")) === null)
    await details.locator("summary").first().click();
}

/** Search only after the message was looked at. */
export async function lookFirst(page: Page, level: string): Promise<void> {
  await goTo(page, "data");
  await page.getByRole("radio", { name: level, exact: true }).check();
  await openLeaveDetails(page);
  await page.getByRole("checkbox", { name: "Let me look" }).check();
  await page.getByTestId("find").click();
}
