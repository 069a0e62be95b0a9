import { beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";

import type { Clients } from "../../src/app/clients";
import {
  cardOf,
  column,
  fakeClients,
  preparation,
  profileOf,
  ranking,
  reused,
} from "../unit/app/fakes";
import { goTo, openPage } from "./open-page";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv", { type: "text/csv" });

async function open(
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
  language = "en",
): Promise<void> {
  await openPage(fakeClients(other), language);
  await page.getByTestId("file-input").upload(file);
}

const find = () => page.getByTestId("find").click();

beforeEach(() => localStorage.clear());

/** Outlines of so many points. */
const spec = (points: number): Partial<Clients["spec"]> => ({
  describe: async (...asked) => {
    const made = await fakeClients().spec.describe(...asked);
    return { ...made, preflight: { ...made.preflight, points } };
  },
});

describe("an outline of one point", () => {
  test("is said to be the average before it leaves, and nothing need leave", async () => {
    await open({ spec: spec(1) });
    await find();
    await expect
      .element(page.getByTestId("plain-average"))
      .toHaveTextContent(/about their average/);
    await expect.element(page.getByTestId("what-leaves")).toHaveTextContent(/What would be sent/);
    const buttons = page.getByTestId("find-here");
    await buttons.click();
    await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
    await goTo("data");
    await expect.element(page.getByRole("radio", { name: "Nothing leaves" })).toBeChecked();
  });

  test("can be read in the user's own columns", async () => {
    await open({ spec: spec(1) });
    await find();
    await page.getByTestId("own-points").getByText("The points, in your own units").click();
    const points = page.getByTestId("own-points").getByRole("table");
    await expect.element(points).toHaveTextContent(/weight.*sqft.*bedrooms/s);
    await expect.element(points).toHaveTextContent(/50%/);
  });
});

describe("a table with half of the columns", () => {
  const less = ranking.singles.map((fit) => ({ ...fit, similarity: 0.5, coverage: 0.5 }));
  const few: { [C in keyof Clients]?: Partial<Clients[C]> } = {
    data: { read: async () => profileOf([column("sqft"), column("garden")]) },
    spec: { rank: async () => ({ singles: less, mixture: null }) },
  };

  test.each([
    [
      "en",
      /^Not recommended: 4/,
      /Only 1 of the 2 columns/,
      /Only 1 of 2 columns could be compared/,
    ],
    ["zh", /^不推荐：最接近的 4/, /2 列中，只有 1 列/, /2 列中只有 1 列可以比较/],
  ])(
    "is told that little was compared, of each model too (%s)",
    async (language, folded, told, onCard) => {
      await open(few, language);
      await goTo("match");
      await page.getByRole("radio", { name: /^(?:House sales|房屋销售)/ }).click();
      await find();
      await expect.element(page.getByTestId("nothing-fits")).toHaveTextContent(told);
      await expect.element(page.getByText(folded)).toBeVisible();
      await page.getByTestId("recommendation").first().click();
      await expect.element(page.getByTestId("closeness")).toHaveTextContent(onCard);
    },
  );
});

describe("what is known of the chosen model", () => {
  const caution = "For study, not for diagnosis.";

  test("is what it says of itself, and which errors are known", async () => {
    await open({ dock: { learnware: async (id) => cardOf(id, { description: caution }) } });
    await page.getByRole("radio", { name: "Nothing leaves" }).click();
    await find();
    await expect.element(page.getByTestId("model-notes")).toHaveTextContent(caution);
    await expect.element(page.getByTestId("measured")).toHaveTextContent(/not known/);
    await page.getByTestId("run").click();
    const predictions = page.getByTestId("predictions");
    await expect.element(predictions.getByTestId("model-notes")).toHaveTextContent(caution);
  });

  test("is what was measured on the user's answers, by the measure that decided", async () => {
    const score = {
      measure: "rmse",
      value: 1.85,
      interval: [1.6, 2.1],
      isWithinNoise: true,
    } as const;
    const ways = [
      { name: "weigh_by_row", lacks: null, score } as const,
      ...preparation.ways.slice(2),
    ];
    const judged = {
      ...preparation,
      ...({ basis: "labels", reason: "least", judgedBy: "time", answers: 60, ways } as const),
    };
    await open({
      reuse: {
        prepare: async () => judged,
        predict: async (_plan, way) => ({ ...reused, way, preparation: judged }),
      },
    });
    await find();
    await page.getByTestId("run").click();
    await expect.element(page.getByTestId("ways")).toHaveTextContent(/five stretches of time/);
    await expect.element(page.getByTestId("ways")).toHaveTextContent(/1\.85.*1\.6 to 2\.1/s);
    await expect.element(page.getByTestId("measured")).toHaveTextContent(/1\.85 .*1\.6 .*to 2\.1/s);
  });
});
