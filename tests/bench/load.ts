/**
 * @file A dock with the starter, as its clients meet it: searches over HTTP by one client, and by a
 * hundred at once, who each ask again as soon as they are answered.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  IslandList,
  LearnwareList,
  SearchResponse,
  WireSpecification,
} from "../../src/contracts/http/dock-api";
import { startDockProcess } from "../e2e/dock-process";
import type { Figure } from "./report";

const ALONE = { clients: 1, requests: 200 };
const CROWDED = { clients: 100, requests: 1000 };

export async function benchLoad(): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), "berth-load-"));
  const settings = { BERTH_DATA: data, BERTH_RATE: "0" };
  const dock = await startDockProcess(settings, "tests/attacks/dock.process.ts");
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
    return figures;
  } finally {
    await dock.stop();
    await rm(data, { recursive: true });
  }
}

/** One for each island: with the outline of one of its learnwares. */
async function searchesOf(api: string): Promise<string[]> {
  const { islands } = IslandList.parse(await (await fetch(`${api}/islands`)).json());
  return Promise.all(
    islands.map(async ({ id, space }) => {
      const list = await fetch(`${api}/learnwares?islandId=${id}&limit=1`);
      const [learnware] = LearnwareList.parse(await list.json()).learnwares;
      const found = await fetch(`${api}/learnwares/${learnware!.id}/specification`);
      const { rkme } = WireSpecification.parse(await found.json());
      const requirement = {
        form: "reduced",
        space: { id: space.id, version: space.version },
        specification: rkme,
      };
      return JSON.stringify({ islandId: id, requirement });
    }),
  );
}

async function search(api: string, body: string): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${api}/search`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`the dock answered with ${answer.status}`);
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
