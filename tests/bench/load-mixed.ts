/** @file A dock on a busy day: many who search and download, while some hand in learnwares that are verified. */

import { createHash } from "node:crypto";

import { submitZip, waitForVerdict } from "../../src/client/account/submissions";
import { LearnwareList } from "../../src/contracts/http/dock-api";
import type { DockProcess } from "../e2e/dock-process";
import { island as houses, packageOf, rkmeAround } from "../fixtures/learnwares";
import { adminOf, invite } from "../fixtures/process-people";
import type { Figure } from "./report";

export interface MixedLoad {
  readonly seconds: number;
  /** Who search, and download every tenth time. */
  readonly clients: number;
  /** Who hand in one learnware after the other. */
  readonly sharers: number;
}

/** One search, by its number. */
type Search = (i: number) => Promise<void>;

export async function benchMixedLoad(
  dock: DockProcess,
  search: Search,
  { seconds, clients, sharers }: MixedLoad,
): Promise<Figure[]> {
  const admin = await adminOf(dock);
  const tokens: string[] = [];
  for (let i = 0; i < sharers; i++)
    tokens.push(await invite(dock, admin, `sharer${i}@people.test`));
  const download = await downloadsOf(dock.url);
  const end = performance.now() + 1000 * seconds;
  const [searches, downloads]: [number[], number[]] = [[], []];
  const failed = new Map<string, number>();
  let [next, verified] = [0, 0];
  const timed = async (into: number[], work: () => Promise<void>) => {
    const start = performance.now();
    try {
      await work();
      into.push(performance.now() - start);
    } catch (error) {
      const { message } = error as Error;
      failed.set(message, (failed.get(message) ?? 0) + 1);
    }
  };
  const client = async () => {
    while (performance.now() < end) {
      const i = next++;
      await (i % 10 === 9 ? timed(downloads, () => download(i)) : timed(searches, () => search(i)));
    }
  };
  const sharer = async (token: string, who: number) => {
    for (let i = 0; performance.now() < end; i++) {
      await timed([], async () => {
        const zip = await packageOf(`Shared ${who} ${i}`, { rkme: rkmeAround(i / 50, who), space: houses }); // prettier-ignore
        const account = { origin: dock.url, token };
        const { number } = await submitZip(account, new Uint8Array(zip));
        const { state, checks } = await waitForVerdict(account, number);
        if (state !== "verified") throw new Error(`refused: ${checks.at(-1)?.code}`);
        verified++;
      });
    }
  };
  const before = await residentMegabytes(dock.url);
  await Promise.all([
    ...Array.from({ length: clients }, client),
    ...tokens.map((token, who) => sharer(token, who)),
  ]);
  const after = await residentMegabytes(dock.url);
  for (const [message, count] of failed) console.log(`failed ${count} times: ${message}`);
  const errors = [...failed.values()].reduce((sum, count) => sum + count, 0);
  const all = [...searches, ...downloads];
  const figure = (metric: string, unit: string, value: number) => ({ suite: "load", case: "mixed", metric, unit, value }); // prettier-ignore
  return [
    figure("requests", "count", all.length + errors),
    figure("errors", "count", errors),
    figure("p99_ms", "ms", quantile(all, 0.99)),
    figure("p50_ms", "ms", quantile(all, 0.5)),
    figure("search_p50_ms", "ms", quantile(searches, 0.5)),
    figure("search_p99_ms", "ms", quantile(searches, 0.99)),
    figure("download_p99_ms", "ms", quantile(downloads, 0.99)),
    figure("verified", "count", verified),
    figure("resident_before_mb", "MB", before),
    figure("resident_after_mb", "MB", after),
  ];
}

/** Downloads of learnwares in turn, each compared with its hash. */
async function downloadsOf(url: string): Promise<(i: number) => Promise<void>> {
  const list = await fetch(`${url}/api/v1/learnwares?limit=20`);
  const { learnwares } = LearnwareList.parse(await list.json());
  return async (i) => {
    const { id, sha256 } = learnwares[i % learnwares.length]!;
    const answer = await fetch(`${url}/api/v1/learnwares/${id}/package`);
    if (!answer.ok) throw new Error(`download: ${answer.status}`);
    const zip = new Uint8Array(await answer.arrayBuffer());
    if (createHash("sha256").update(zip).digest("hex") !== sha256) throw new Error("other bytes");
  };
}

async function residentMegabytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (.*)$/m.exec(text)?.[1]) / 1e6;
}

function quantile(took: number[], share: number): number {
  const sorted = took.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
