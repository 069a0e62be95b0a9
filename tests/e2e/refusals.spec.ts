import { gzipSync } from "node:zlib";

import { expect, type Page, test } from "@playwright/test";

async function drop(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByTestId("file-input").setInputFiles({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(content),
  });
}

const rows = Array.from({ length: 40 }, (_, i) => `${i},${i * 2}`).join("\n");

/** Files nobody can use, and a word of the message that says why. */
const refused: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ["empty.csv", "", /empty/i],
  ["header.csv", "a,b,c\n", /header|no rows/i],
  ["wide.csv", `${"a,".repeat(12_000)}a\n${"1,".repeat(12_000)}1\n`, /columns/i],
  [
    "picture.csv",
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    /PNG|picture|image|text/i,
  ],
  ["book.csv", Buffer.from("504b030414000600", "hex"), /Excel|zip/i],
  ["quote.csv", `a,b\n1,"never closed\n${"x".repeat(17 << 20)}`, /quot/i],
  ["broken.csv.gz", gzipSync(rows).subarray(0, 40), /gzip|compress/i],
];

test("a file that cannot be used is refused in words, and the page goes on", async ({ page }) => {
  await page.goto("/");
  const profile = page.getByTestId("profile");
  for (const [name, content, words] of refused) {
    await test.step(name, async () => {
      await drop(page, "good.csv", `x,y\n${rows}\n`);
      await expect(profile).toContainText("40");
      await drop(page, name, content);
      await expect(page.getByTestId("error")).toContainText(words);
      await expect(profile, "the table before it is still there").toContainText("40");
      await drop(page, "good.csv", `x,y\n${rows}\n41,82\n`);
      await expect(profile).toContainText("41");
      await expect(page.getByTestId("error")).toHaveCount(0);
    });
  }
});

test("odd but usable files are read, with a warning", async ({ page }) => {
  await page.goto("/");
  await drop(page, "one.csv", `only\n${Array.from({ length: 30 }, (_, i) => i * 3).join("\n")}\n`);
  await expect(page.getByTestId("profile")).toContainText(/one column/i);
  await drop(page, "ragged.csv", `a,b\n${rows}\n7\n8,9,10\n`);
  await expect(page.getByTestId("profile")).toContainText(/cells|length/i);
  await drop(page, "infinite.csv", `a,b\n${rows}\ninf,1\n`);
  await expect(page.getByTestId("profile")).toContainText(/infinit/i);
  await drop(
    page,
    "void.csv",
    `a,b\n${Array.from({ length: 30 }, (_, i) => `${i},`).join("\n")}\n`,
  );
  await expect(page.getByTestId("profile")).toContainText(/empty|missing|no value/i);
});

test("a table too small to describe is not sent", async ({ page }) => {
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(...(request.postData() ? [request.url()] : [])));
  await page.goto("/");
  const flowers = Array.from({ length: 8 }, (_, i) => `${5 + i / 10},3.${i},1.4,0.2`).join("\n");
  await drop(page, "few.csv", `sepal_length,sepal_width,petal_length,petal_width\n${flowers}\n`);
  await page.getByTestId("find").click();
  await expect(page.getByTestId("error")).toBeVisible();
  expect(bodies).toEqual([]);
});

test("nothing fits is said when nothing fits", async ({ page }) => {
  await page.goto("/");
  const flowers = Array.from(
    { length: 120 },
    (_, i) => `${25 + (i % 7)},${13 + (i % 5)},${41 + (i % 11)},${12 + (i % 3)}`,
  ).join("\n");
  await drop(page, "giant.csv", `sepal_length,sepal_width,petal_length,petal_width\n${flowers}\n`);
  await page.getByRole("radio", { name: "Nothing leaves" }).check();
  await page.getByTestId("find").click();
  await expect(page.getByText(/nothing here fits/i).first()).toBeVisible();
});
