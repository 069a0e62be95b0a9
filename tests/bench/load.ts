/**
 * @file A dock with the starter, as its clients meet it: searches over HTTP by one client, and by a
 * hundred at once, who each ask again as soon as they are answered; then a busy day.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  IslandList,
  LearnwareList,
  type Requirement,
  SearchResponse,
  WireSpecification,
} from "../../src/contracts/http/dock-api";
import { startDockProcess } from "../e2e/dock-process";
import { benchMixedLoad } from "./load-mixed";
import type { Figure } from "./report";

const ALONE = { clients: 1, requests: 200 };
const CROWDED = { clients: 100, requests: 1000 };
const BUSY = { seconds: 180, clients: 200, sharers: 4 };
const QUICK = { seconds: 15, clients: 50, sharers: 2 };

export async function benchLoad(quick: boolean): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), "berth-load-"));
  const settings = { BERTH_DATA: data, BERTH_RATE: "0" };
  const command = ["--import", "tsx", "tests/attacks/dock.process.ts"];
  const dock = await startDockProcess(settings, command);
  try {
    const bodies = await searchesOf(`${dock.url}/api/v1`);
    const ask = (i: number) => search(`${dock.url}/api/v1`, bodies[i % bodies.length]!);
    await pass(ask, { clients: 4, requests: 100 }); // As in service: compiled.
    const figures: Figure[] = [];
    for (const load of [ALONE, CROWDED]) {
      const used = await cpuSeconds(dock.url);
      const took = await pass(ask, load);
      const cpuMs = (1000 * ((await cpuSeconds(dock.url)) - used)) / load.requests;
      const quantile = (share: number) => took[Math.ceil(share * took.length) - 1]!;
      const name = `${load.clients} clients`;
      figures.push(
        { suite: "load", case: name, metric: "p50_ms", unit: "ms", value: quantile(0.5) },
        { suite: "load", case: name, metric: "p99_ms", unit: "ms", value: quantile(0.99) },
        { suite: "load", case: name, metric: "dock_cpu_ms", unit: "ms", value: cpuMs },
      );
    }
    return [...figures, ...(await benchMixedLoad(dock, ask, quick ? QUICK : BUSY))];
  } finally {
    await dock.stop();
    await rm(data, { recursive: true });
  }
}

/** One for each island: with the specification of one of its learnwares. */
async function searchesOf(api: string): Promise<string[]> {
  const { islands } = IslandList.parse(await (await fetch(`${api}/islands`)).json());
  return Promise.all(
    islands.map(async ({ id, space }) => {
      const list = await fetch(`${api}/learnwares?islandId=${id}&limit=1`);
      const [learnware] = LearnwareList.parse(await list.json()).learnwares;
      const found = await fetch(`${api}/learnwares/${learnware!.id}/specification`);
      const { rkme } = WireSpecification.parse(await found.json());
      const name = { id: space.id, version: space.version };
      const requirement: Requirement =
        "book" in rkme
          ? { form: "weights", space: name, on: rkme, noise: null }
          : { form: "reduced", space: name, specification: rkme };
      return JSON.stringify({ islandId: id, requirement });
    }),
  );
}

async function search(api: string, body: string): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${api}/search`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  SearchResponse.shape.islandId.parse(((await answer.json()) as SearchResponse).islandId);
}

/** Processor time that the dock has used up to now: on a busy machine it says more than how long things took. */
async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (.*)$/m.exec(text)?.[1]);
}

/** @returns Milliseconds of every request, shortest first. */
async function pass(
  ask: (i: number) => Promise<void>,
  { clients, requests }: { readonly clients: number; readonly requests: number },
): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const start = performance.now();
      await ask(next++);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return took.sort((a, b) => a - b);
}
