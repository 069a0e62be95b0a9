import {
  MOST_SPECIFICATIONS,
  type WireSpecification as Wire,
  WireSpecification,
} from "../../contracts/http/dock-api";
import type { Fetching } from "./ask";
import type { SpecificationName } from "./dock";
import { badAnswer } from "./status-problem";

interface Asked {
  readonly name: SpecificationName;
  readonly settle: (answer: Promise<Wire>) => void;
}

/** What is asked for together: of one version of a space, and stopped by the same signal. */
interface Batch {
  readonly spaceVersion: number;
  readonly signal: AbortSignal | undefined;
  readonly asked: Asked[];
}

/** How specifications are fetched. */
interface Fetch {
  /** @param of - As `SpecificationsQuery` has it. */
  several(of: string, spaceVersion: number, fetching: Fetching): Promise<readonly unknown[]>;
  one(name: SpecificationName, fetching: Fetching): Promise<Wire>;
}

/**
 * Makes one request of all specifications that are asked for in the same moment. What its answer lacks, because it is
 * gone or there was no room for it, is asked for by itself.
 */
export class SpecificationBatches {
  readonly #fetch: Fetch;
  #open: Batch[] = [];

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** @throws AppError `not_found` if it is not there any more; `bad_answer` if it is none; what fetching throws. */
  ask(name: SpecificationName, { signal }: Fetching): Promise<Wire> {
    return new Promise((resolve) => {
      this.#batchFor(name.spaceVersion, signal).asked.push({ name, settle: resolve });
    });
  }

  #batchFor(spaceVersion: number, signal: AbortSignal | undefined): Batch {
    const open = this.#open.find(
      (batch) =>
        batch.spaceVersion === spaceVersion &&
        batch.signal === signal &&
        batch.asked.length < MOST_SPECIFICATIONS,
    );
    if (open) return open;
    const batch: Batch = { spaceVersion, signal, asked: [] };
    this.#open.push(batch);
    setTimeout(() => {
      this.#open = this.#open.filter((other) => other !== batch);
      this.#send(batch);
    });
    return batch;
  }

  #send({ spaceVersion, signal, asked }: Batch): void {
    const fetching = signal ? { signal } : {};
    const [first] = asked;
    if (asked.length === 1) {
      first!.settle(this.#fetch.one(first!.name, fetching));
      return;
    }
    // In the order of their ids: any other might tell which is nearest.
    const names = asked.map(({ name: { id, sha256 } }) => `${id}:${sha256}`).sort();
    const all = this.#fetch.several([...new Set(names)].join(), spaceVersion, fetching);
    for (const { name, settle } of asked) {
      settle(
        all.then((found) => specificationIn(found, name.id) ?? this.#fetch.one(name, fetching)),
      );
    }
  }
}

function specificationIn(found: readonly unknown[], id: string): Wire | null {
  const mine = found.find((each) => (each as { id?: unknown } | null)?.id === id);
  if (mine === undefined) return null;
  const parsed = WireSpecification.safeParse(mine);
  if (parsed.success) return parsed.data;
  throw badAnswer("a specification that the dock sent breaks the contract");
}
