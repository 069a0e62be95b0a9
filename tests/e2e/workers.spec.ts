import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, test, type Worker as PageWorker } from "@playwright/test";

import { canaryFile } from "./canary-file";

/** Every way in which a script of a worker could ask an address for something, with a word in the address. */
async function askForEverything(worker: PageWorker, word: string): Promise<Record<string, string>> {
  return worker.evaluate(async (mark) => {
    const socket = (address: string) => address.replace("http", "ws");
    const start = (address: string) =>
      new Promise((resolve, reject) => {
        const started = new Worker(address, { type: "module" });
        started.onmessage = resolve;
        started.onerror = (event) => {
          event.preventDefault(); // Else it ends the worker that it is tried from.
          reject(new Error("error"));
        };
      });
    const helper = (text: string) =>
      start(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    const at = (way: string) => `${location.origin}/assets/${mark}-${way}.js`;
    const ways: Record<string, (address: string) => unknown> = {
      fetch: (address) => fetch(address),
      import: (address) => import(address),
      worker: start,
      helper: (address) =>
        helper(`import(${JSON.stringify(address)}).then(() => postMessage(1), () => close())`),
      helperFetch: (address) => helper(`await fetch(${JSON.stringify(address)}); postMessage(1)`),
      cache: async (address) => (await caches.open("x")).add(address),
      request: (address) =>
        new Promise((resolve, reject) => {
          const asking = new XMLHttpRequest();
          asking.onload = resolve;
          asking.onerror = () => reject(new Error("error"));
          asking.open("GET", address);
          asking.send();
        }),
      events: (address) =>
        new Promise((resolve, reject) => {
          const source = new EventSource(address);
          source.onopen = resolve;
          source.onerror = () => reject(new Error("error"));
        }),
      socket: (address) =>
        new Promise((resolve, reject) => {
          const opened = new WebSocket(socket(address));
          opened.onopen = resolve;
          opened.onerror = () => reject(new Error("error"));
        }),
      font: (address) => new FontFace("x", `url(${address})`).load(),
    };
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 1000));
    const outcomes = Object.entries(ways).map(async ([way, ask]) => {
      const outcome = await Promise.race([Promise.resolve(at(way)).then(ask), late]).then(
        () => "answered",
        (error: unknown) => (error as Error).message,
      );
      return [way, outcome] as const;
    });
    return Object.fromEntries(await Promise.all(outcomes));
  }, word);
}

test("no worker can ask its own origin for anything, once it runs", async ({ page, baseURL }) => {
  const asked: string[] = [];
  const witness = createServer((question, answer) => {
    asked.push(question.url!);
    const { method, headers } = question;
    const onward = request(new URL(question.url!, baseURL), { method, headers }, (said) => {
      answer.writeHead(said.statusCode!, said.headers);
      said.pipe(answer);
    });
    question.pipe(onward);
  }).listen(0);
  try {
    await page.goto(`http://localhost:${(witness.address() as AddressInfo).port}/`);
    const { name, text } = canaryFile();
    const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
    await page.getByTestId("file-input").setInputFiles(file);
    await expect(page.getByTestId("mapping")).toContainText("18");
    await page.getByTestId("find").click();
    await page.getByTestId("run").click();
    await expect(page.getByTestId("predictions")).toBeVisible();

    const workers = page.workers();
    const names = workers.map((worker) => /(\w+)\.worker/.exec(worker.url())?.[1] ?? "other");
    expect(names).toEqual(expect.arrayContaining(["data", "spec", "reuse"]));
    for (const [i, worker] of workers.entries()) {
      const outcomes = await askForEverything(worker, `leak-${names[i]!}`);
      expect(Object.values(outcomes), JSON.stringify(outcomes)).not.toContain("answered");
    }
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((address) => address.includes("leak"))).toEqual([]);
  } finally {
    witness.close();
    witness.closeAllConnections();
  }
});
