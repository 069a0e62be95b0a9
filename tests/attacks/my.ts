/** @file Bad requests for what needs an account: uploads, submissions, tokens, administration. And bad zips, handed in. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Account } from "../../src/client/account/ask-as";
import { submitZip, waitForVerdict } from "../../src/client/account/submissions";
import { AppError } from "../../src/contracts/outcome";
import { seededRandom } from "../../src/engine/ground/random";
import { type DockProcess, startDockProcess } from "../e2e/dock-process";
import { adminOf, askMy, invite } from "../fixtures/process-people";
import { badZips, goodZip } from "./bad-zips";
import { sendAll } from "./http";
import { type MyExamples, MyInputs } from "./my-inputs";
import type { AttackTally } from "./tally";

interface MyAttackOptions {
  readonly seed: number;
  readonly count?: number;
}

const COUNT = 10_000;
/** A dock holds some 500 MB with the runtime of its models; uploads are never held. */
const MOST_BYTES = 1.5e9;
/** Of the bad zips, as many as are handed in: each is verified by a process of its own. */
const HANDED_IN = 12;

export async function attackMy({ seed, count = COUNT }: MyAttackOptions): Promise<AttackTally> {
  const place = mkdtempSync(join(tmpdir(), "berth-attack-my-"));
  const settings = { BERTH_DATA: join(place, "data"), TMPDIR: place, BERTH_RATE: "0" };
  const dock = await startDockProcess(settings, [
    ...["--import", "tsx", "tests/attacks/dock.process.ts"],
  ]);
  try {
    const people = await peopleOf(dock);
    const handedIn = await handInBadZips(dock, people.owner, seed);
    const inputs = new MyInputs(seededRandom(seed), people.examples);
    const sent = await sendAll("my", dock, inputs, count);
    const memory = dock.hasDied() ? 0 : await residentBytes(dock.url);
    console.error(
      `my: ${handedIn.told}; the dock holds ${(memory / 1e6).toFixed(0)} MB at the end`,
    );
    const outside = readdirSync(place).filter((name) => name !== "data" && isOurs(name));
    if (outside.length > 0) console.error(`my: left outside its folder: ${outside.join(", ")}`);
    const isTooLarge = memory > MOST_BYTES ? 1 : 0;
    return {
      ...sent,
      tried: sent.tried + handedIn.tried,
      serverErrors: sent.serverErrors + outside.length + isTooLarge,
      unclear: sent.unclear + handedIn.wrong,
    };
  } finally {
    await dock.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

/** What a process that runs is to have in the folder for temporary files, but for what Node itself leaves there. */
function isOurs(name: string): boolean {
  return !/^(node-compile-cache|tsx-|\.)/.test(name) && !name.startsWith("berth-verify-");
}

interface People {
  readonly owner: Account;
  readonly examples: MyExamples;
}

/** An admin, two users, a learnware of one of them, and uploads that are not finished. */
async function peopleOf(dock: DockProcess): Promise<People> {
  const admin = await adminOf(dock);
  const owner = await invite(dock, admin, "owner@people.test");
  const other = await invite(dock, admin, "other@people.test");
  const account = { origin: dock.url, token: owner };
  const { number } = await submitZip(account, new Uint8Array(await goodZip()), { learnwareId: "mine" }); // prettier-ignore
  const { state } = await waitForVerdict(account, number);
  if (state !== "verified") throw new Error("a good learnware was refused");
  const uploads: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { id } = await askMy<{ id: string }>(dock, "/uploads", { sizeBytes: 1e6 }, owner);
    uploads.push(id);
  }
  const ids = ["mine", String(number), "wine-quality", ...uploads];
  return { owner: account, examples: { tokens: [admin, owner, other], ids, uploads } };
}

/** Each is to be refused, on the way or by the checks, in words. */
async function handInBadZips(dock: DockProcess, owner: Account, seed: number) {
  const random = seededRandom(seed);
  const kinds = [...(await badZips(random))].sort(() => random() - 0.5);
  let [tried, wrong] = [0, 0];
  for (const [kind, make] of kinds) {
    if (tried === HANDED_IN || dock.hasDied()) break;
    const zip = await make();
    if (!(zip instanceof Uint8Array) || zip.length === 0 || zip.length > 5e6) continue;
    tried++;
    try {
      const { number } = await submitZip(owner, new Uint8Array(zip));
      const { state, checks } = await waitForVerdict(owner, number);
      const words = checks.at(-1)?.message ?? "";
      if (state === "refused" && words.length > 10) continue;
      console.error(`my: the zip "${kind}" was ${state}: ${words}`);
    } catch (error) {
      if (error instanceof AppError && error.code !== "dock_failed") continue;
      console.error(`my: the zip "${kind}": ${String(error)}`);
    }
    wrong++;
  }
  return {
    tried,
    wrong,
    told: `${tried} bad zips handed in, ${wrong} of them not refused in words`,
  };
}

async function residentBytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (.*)$/m.exec(text)?.[1]);
}
