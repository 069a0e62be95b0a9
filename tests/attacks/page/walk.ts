/** @file A person's way from a table to predictions, and how it ended. */

import type { Page } from "@playwright/test";

export interface Ending {
  /** `stuck`: in the time there was, nothing was said and nothing came. */
  readonly kind: "predictions" | "refused" | "nothing fits" | "stuck" | "crashed";
  /** Of a refusal. */
  readonly code: string | null;
  /** All that the page says of what went wrong. */
  readonly words: string;
  /** Longest time in which the page did not listen, in milliseconds. */
  readonly frozenMs: number;
}

/** What is on the screen. */
interface Seen {
  readonly code: string | null;
  readonly words: string;
  readonly canFind: boolean;
  readonly canRun: boolean;
  readonly isDone: boolean;
  readonly nothingFits: boolean;
  readonly frozenMs: number;
}

const LOOK_MS = 100;
/** Longer than any time-out of a dock's client. */
const STALL_MS = 70_000;

/** Has the page note how long it does not listen. To be called before it is loaded. */
export async function watch(page: Page): Promise<void> {
  // What runs TypeScript here names functions by this, which the page has not.
  await page.addInitScript("globalThis.__name = (one) => one");
  await page.addInitScript(() => {
    const noted = globalThis as typeof globalThis & { frozenMs?: number };
    noted.frozenMs = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        noted.frozenMs = Math.max(noted.frozenMs!, duration);
      }
    }).observe({ type: "longtask", buffered: true });
  });
}

export async function dropTable(page: Page, table: string): Promise<void> {
  await page.getByTestId("file-input").setInputFiles({
    ...{ name: "houses.csv", mimeType: "text/csv" },
    buffer: Buffer.from(table),
  });
}

/** Begin again after a refusal: search anew, or, before there is anything to search for, press what the page offers. */
export async function tryAgain(page: Page): Promise<void> {
  const data = page.getByTestId("step-data");
  if ((await data.count()) > 0) await data.click();
  const find = page.getByTestId("find");
  await ((await find.count()) > 0 ? find : page.getByTestId("error").getByRole("button")).click();
}

/**
 * Go as far as the page lets one go from here.
 *
 * @param stalls - Put the page's clock forward while it waits.
 */
export async function walk(page: Page, withinMs: number, stalls = false): Promise<Ending> {
  const broken: string[] = [];
  page.on("crash", () => broken.push("the tab crashed"));
  page.on("pageerror", (error) => broken.push(error.message));
  const end = Date.now() + withinMs;
  let [hasAsked, hasRun, looks] = [false, false, 0];
  let seen: Seen | null = null;
  while (Date.now() < end && broken.length === 0) {
    seen = await Promise.race([page.evaluate(look), nothingAfter(end - Date.now())]);
    if (!seen) break; // It does not even look up.
    const { code, words, frozenMs } = seen;
    if (code !== null) return { kind: "refused", code, words, frozenMs };
    if (seen.isDone) return { kind: "predictions", code, words, frozenMs };
    if (seen.nothingFits) return { kind: "nothing fits", code, words, frozenMs };
    if (seen.canRun && !hasRun) {
      hasRun = true;
      await page.getByTestId("run").click();
    } else if (seen.canFind && !seen.canRun && !hasAsked && !hasRun) {
      hasAsked = true;
      await page.getByTestId("find").click();
    } else {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      if (stalls && ++looks % 10 === 0) await page.clock.fastForward(STALL_MS);
    }
  }
  const { words = "", frozenMs = 0 } = seen ?? {};
  const kind = broken.length > 0 ? "crashed" : "stuck";
  return { kind, code: null, words: [words, ...broken].join(" "), frozenMs };
}

/** Whether a person knows what happened: no blame on Berth itself, and nothing that only programs understand. */
export function isClear({ kind, code, words }: Ending): boolean {
  if (code === "internal" || (kind !== "predictions" && words === "")) return false;
  return !/undefined|\bnull\b|\bNaN\b|\[object|Error:|OrtRun|ERROR_CODE|Traceback|wasm|[\u202a-\u202e\u2066-\u2069]/i.test(words); // prettier-ignore
}

function nothingAfter(ms: number): Promise<null> {
  return new Promise((done) => setTimeout(() => done(null), Math.max(0, ms)));
}

/** Runs in the page. */
function look(): Seen {
  const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
  const [error] = all("error");
  const notices = [...document.querySelectorAll("#mapping .notice")];
  const isOn = (id: string) => all(id).some((one) => !(one as HTMLButtonElement).disabled);
  const { frozenMs = 0 } = globalThis as typeof globalThis & { frozenMs?: number };
  return {
    code: error?.dataset["code"] ?? null,
    words: [...all("error"), ...all("left-out"), ...all("nothing-fits"), ...notices]
      .map(({ textContent }) => textContent.replace(/\s+/g, " ").trim())
      .join(" | "),
    canFind: isOn("find"),
    canRun: isOn("run"),
    isDone: all("predictions").length > 0 && all("first-look").length === 0,
    nothingFits: all("nothing-fits").length > 0 || notices.length > 0,
    frozenMs,
  };
}
