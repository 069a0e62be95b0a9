import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";

import NumberGrid from "./NumberGrid.svelte";

const grid = page.getByRole("grid", { name: "Numbers" });
const frame = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** What stands in the middle of what is seen below the heads and right of what stays. */
function middle(): { row: number; column: number } {
  const { left, top } = grid.element().getBoundingClientRect();
  const at = document.elementFromPoint(left + 440, top + 330)?.closest<HTMLElement>("[data-row]");
  return { row: Number(at?.dataset["row"]), column: Number(at?.dataset["column"]) };
}

async function open(rows: number, columns: number) {
  await page.viewport(1000, 700);
  await render(NumberGrid, { rows, columns });
  await expect.poll(() => middle().row).not.toBeNaN(); // It is drawn bit by bit.
}

describe("a grid of a million rows", () => {
  test("tells how large it is, and draws what is seen of it", async () => {
    await open(1_000_000, 20);
    await expect.element(grid).toHaveAttribute("aria-rowcount", "1000001");
    await expect.element(grid).toHaveAttribute("aria-colcount", "20");
    expect(grid.element().querySelectorAll('[role="gridcell"]').length).toBeLessThan(500);
    expect(grid.element().scrollHeight).toBeLessThan(1e7);
  });

  test("is scrolled exactly row by row, and to every place by its bar", async () => {
    await open(1_000_000, 20);
    const element = grid.element();
    const { row } = middle();
    element.scrollTop = 300;
    await frame();
    expect(middle().row).toBe(row + 10);
    for (const share of [0.25, 0.5, 0.9]) {
      element.scrollTop = share * (element.scrollHeight - element.clientHeight);
      await frame();
      expect(middle().row / 1e6).toBeCloseTo(share, 2);
    }
    const before = middle().row;
    element.scrollTop += 90;
    await frame();
    expect(middle().row).toBe(before + 3);
    element.scrollTop = element.scrollHeight;
    await frame();
    await expect.element(page.getByRole("rowheader", { name: "999999:0" })).toBeInViewport();
    element.scrollTop = 0;
    await frame();
    await expect
      .element(page.getByRole("rowheader", { name: "0:0", exact: true }))
      .toBeInViewport();
  });

  test("comes to rest where it was", async () => {
    await open(1_000_000, 20);
    const element = grid.element();
    element.scrollTop = element.scrollHeight / 2;
    await frame();
    for (let i = 0; i < 20; i++) {
      element.scrollTop += 600;
      await frame();
    }
    const { row } = middle();
    const shareOfBar = () => element.scrollTop / (element.scrollHeight - element.clientHeight);
    await expect.poll(() => Math.abs(shareOfBar() - row / 1e6)).toBeLessThan(0.0001);
    await frame();
    expect(Math.abs(middle().row - row)).toBeLessThanOrEqual(1);
  });

  test("is gone through by keys, in one tab stop", async () => {
    await open(1_000_000, 20);
    await userEvent.tab();
    await expect.element(grid).toHaveFocus();
    const active = () => {
      const id = grid.element().getAttribute("aria-activedescendant") ?? "";
      const { row, column } = document.getElementById(id)?.dataset ?? {};
      return [Number(row), Number(column)];
    };
    expect(active()).toEqual([-1, 0]);
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
    expect(active()).toEqual([1, 1]);
    await userEvent.keyboard("{End}");
    expect(active()).toEqual([1, 19]);
    await userEvent.keyboard("{Control>}{End}{/Control}");
    expect(active()).toEqual([999_999, 19]);
    await userEvent.keyboard("{PageUp}{ArrowUp}");
    expect(active()[0]).toBeLessThan(999_990);
    await userEvent.keyboard("{Control>}{Home}{/Control}{ArrowUp}{ArrowUp}");
    expect(active()).toEqual([-1, 0]);
    await userEvent.keyboard("{ArrowRight}{Enter}");
    await expect
      .element(page.getByRole("columnheader", { name: "c1 one" }).getByText("one"))
      .toHaveFocus();
    await userEvent.tab();
    await expect
      .element(page.getByRole("columnheader", { name: "c1 one" }).getByText("two"))
      .toHaveFocus();
    await userEvent.keyboard("{Escape}");
    await expect.element(grid).toHaveFocus();
    await userEvent.tab();
    await expect.element(grid).not.toHaveFocus();
  });

  test("says which cell was picked", async () => {
    const picked: number[][] = [];
    await render(NumberGrid, {
      rows: 50,
      columns: 4,
      onpick: (row: number, column: number) => picked.push([row, column]),
    });
    await page.getByRole("gridcell", { name: "3:2", exact: true }).click();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(picked).toEqual([
      [3, 2],
      [4, 2],
    ]);
  });
});

describe("a grid of ten thousand columns", () => {
  test("is scrolled to the last of them, with the first in place", async () => {
    await open(100, 10_000);
    const element = grid.element();
    element.scrollLeft = element.scrollWidth;
    await frame();
    await expect.element(page.getByRole("columnheader", { name: /c9999/ })).toBeInViewport();
    await expect.element(page.getByRole("columnheader", { name: "c0 one two" })).toBeInViewport();
    expect(element.querySelectorAll("[data-row]").length).toBeLessThan(600);
  });
});

/** Milliseconds that script and layout of each of some frames took. */
async function timeFrames(move: (frame: number) => void): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 60; i++) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    move(i);
    grid.element().dispatchEvent(new Event("scroll"));
    await Promise.resolve();
    grid.element().getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

for (const [name, rows, columns, move] of [
  [
    "a million rows × 20 columns by a page a frame",
    1_000_000,
    20,
    (e: Element) => (e.scrollTop += 540),
  ],
  [
    "100 rows × 10 000 columns by a page a frame",
    100,
    10_000,
    (e: Element) => (e.scrollLeft += 700),
  ],
] as const) {
  test(`scrolling ${name} takes a moment a frame`, async () => {
    await open(rows, columns);
    const times = await timeFrames(() => move(grid.element()));
    console.info(
      `${name}: median ${times[30]!.toFixed(1)} ms, longest ${times.at(-1)!.toFixed(1)} ms`,
    );
    expect(times[30]).toBeLessThan(500); // Some 10 on a quiet machine; others may be at work here.
  });
}
