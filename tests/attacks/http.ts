/** @file Bad requests against a dock that runs as an operator would run it. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  SearchResponse,
  IslandList,
  LearnwareList,
  WireFailure,
  WireSpecification,
} from "../../src/contracts/http/dock-api";
import { seededRandom } from "../../src/engine/ground/random";
import { type DockProcess, startDockProcess } from "../e2e/dock-process";
import { type Examples, type HttpInput, HttpInputs } from "./http-inputs";
import { exchange, type Heard, type RawAnswer } from "./raw-http";
import type { AttackTally } from "./tally";

interface HttpAttackOptions {
  readonly seed: number;
  readonly count?: number;
}

const COUNT = 10_000;
const AT_ONCE = 16;
/** An input that takes longer hangs. */
const LIMIT_MS = 20_000;
/** What a person is not to be told: names of code and of the database, and values that are none. */
const INTERNAL =
  /\b(undefined|NaN|null|Error:|at .*\.[jt]s|node_modules|sql|SQLSTATE|postgres|zod|select |ECONN\w+)\b|\[object/i;

/** Sends so many inputs, drawn from the seed, to a dock on a folder of its own. */
export async function attackHttp({ seed, count = COUNT }: HttpAttackOptions): Promise<AttackTally> {
  const data = await mkdtemp(join(tmpdir(), "berth-attack-"));
  const dock = await startDockProcess({ BERTH_DATA: data, BERTH_RATE: "0" }, [
    "--import",
    "tsx",
    "tests/attacks/dock.process.ts",
  ]);
  try {
    const inputs = new HttpInputs(seededRandom(seed), await examplesOf(dock.url));
    return await sendAll("http", dock, inputs, count);
  } finally {
    await dock.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** So many inputs, several at a time. */
export async function sendAll(
  name: string,
  dock: DockProcess,
  inputs: { next(): HttpInput },
  count: number,
): Promise<AttackTally> {
  const attack = new HttpAttack(name, dock);
  const client = async () => {
    while (attack.tried < count && !dock.hasDied()) await attack.try(inputs.next());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return attack.tally();
}

class HttpAttack {
  readonly #name: string;
  readonly #dock: DockProcess;
  readonly #shown = new Set<string>();
  tried = 0;
  #serverErrors = 0;
  #hangs = 0;
  #unclear = 0;
  /** 503 with Retry-After: what a dock says that has too much to do. */
  #busy = 0;

  constructor(name: string, dock: DockProcess) {
    this.#name = name;
    this.#dock = dock;
  }

  async try(input: HttpInput): Promise<void> {
    this.tried++;
    const heard = await exchange(this.#dock.url, input, input.methods, LIMIT_MS);
    if (input.ending === "reset") return;
    for (const answer of heard.answers) this.#judge(input, answer);
    const isMissing = input.isWhole && heard.answers.length < input.methods.length;
    if (!heard.isOver || (isMissing && !this.#isClosed(heard))) {
      this.#hangs++;
      this.#show(`no answer (${heard.answers.length} of ${input.methods.length})`, input);
    }
  }

  /** After a request that cannot be read there is no telling where the next begins. */
  #isClosed({ answers, isOver }: Heard): boolean {
    const last = answers.at(-1);
    return isOver && last?.headers.get("connection") === "close" && last.status >= 400;
  }

  #judge(input: HttpInput, { status, headers, body }: RawAnswer): void {
    if (status === 503 && headers.has("retry-after")) this.#busy++;
    else if (status >= 500 || status === 0) {
      this.#serverErrors++;
      this.#show(`${status} ${body.slice(0, 100)}`, input);
    }
    if (status < 400 || body === "") return;
    const said = WireFailure.safeParse(parsed(body));
    const isClear =
      said.success && said.data.message.length > 10 && !INTERNAL.test(said.data.message);
    if (isClear) return;
    this.#unclear++;
    this.#show(`unclear ${status} ${body.slice(0, 200)}`, input);
  }

  /** One of each kind, to look into. */
  #show(what: string, input: HttpInput): void {
    const kind = what.replace(/\d+/g, "0");
    if (this.#shown.has(kind) || this.#shown.size > 30) return;
    this.#shown.add(kind);
    const sent = Buffer.concat(input.chunks).toString("latin1");
    const bodyAt = sent.indexOf("\r\n\r\n");
    console.error(
      `${what}\n  to ${JSON.stringify(sent.slice(0, 160))} … ${JSON.stringify(sent.slice(bodyAt + 4, bodyAt + 300))}`,
    );
  }

  async tally(): Promise<AttackTally> {
    const crashes = this.#dock.hasDied() ? 1 : 0;
    if (crashes === 0) {
      const health = await fetch(`${this.#dock.url}/healthz`, {
        signal: AbortSignal.timeout(2000),
      }).catch(() => null);
      if (health?.status !== 200) this.#hangs++;
    }
    if (this.#busy > 0)
      console.error(`${this.#name}: ${this.#busy} answers were "busy, come again"`);
    return {
      name: this.#name,
      tried: this.tried,
      serverErrors: this.#serverErrors,
      crashes,
      hangs: this.#hangs,
      unclear: this.#unclear,
    };
  }
}

async function examplesOf(url: string): Promise<Examples> {
  const api = `${url}/api/v1`;
  const { learnwares } = LearnwareList.parse(
    await (await fetch(`${api}/learnwares?limit=1`)).json(),
  );
  const { id: learnwareId, islandId, sha256 } = learnwares[0]!;
  const { islands } = IslandList.parse(await (await fetch(`${api}/islands`)).json());
  const { space } = islands.find(({ id }) => id === islandId)!;
  const { rkme } = WireSpecification.parse(
    await (await fetch(`${api}/learnwares/${learnwareId}/specification`)).json(),
  );
  const search = {
    islandId,
    requirement: {
      form: "reduced",
      space: { id: space.id, version: space.version },
      specification: rkme,
    },
    filter: { tags: { Data: ["Table"] }, text: "a", textMode: "fuzzy" },
    limit: 1,
    mixture: true,
  };
  const answer = await fetch(`${api}/search`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ limit: 1 }),
  });
  const { next } = SearchResponse.parse(await answer.json());
  return { islandId, learnwareId, sha256, search, cursor: next! };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
