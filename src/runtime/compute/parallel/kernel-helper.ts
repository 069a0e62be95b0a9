import { DeviceFailure } from "../../device";
import type {
  FromHelper,
  HelperThread,
  KernelCallName,
  KernelCalls,
  ToHelper,
} from "./kernel-channel";

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One helper thread as its asker sees it: questions, answers, and whether it still lives. */
export class KernelHelper {
  readonly #thread: HelperThread;
  readonly #pending = new Map<number, Pending>();
  #failure: DeviceFailure | null = null;
  #last = 0;
  /** Times it was looked at since it last said anything. */
  #silence = 0;

  constructor(thread: HelperThread) {
    this.#thread = thread;
    thread.receive((message) => this.#receive(message));
    thread.onFailure((message) => this.fail(message));
  }

  /** @throws DeviceFailure if the thread has died or dies before it answers. */
  ask<Name extends KernelCallName>(
    name: Name,
    asks: KernelCalls[Name]["asks"],
    transfer: ArrayBuffer[] = [],
  ): Promise<KernelCalls[Name]["answers"]> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#last;
    this.#silence = 0;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#thread.send({ id, name, asks } as ToHelper, transfer);
    return answer as Promise<KernelCalls[Name]["answers"]>;
  }

  /** Have everything that was asked and not answered fail soon. */
  stop(): void {
    if (this.#failure) return;
    for (const id of this.#pending.keys()) this.#thread.send({ stop: id }, []);
  }

  /** Look whether the thread is still there: a thread that dies may say nothing at all. */
  look(mostSilence: number): void {
    if (this.#pending.size > 0 && ++this.#silence > mostSilence) this.fail("it fell silent");
  }

  fail(message: string): void {
    this.#failure ??= new DeviceFailure(`a helper thread failed: ${message}`);
    const failure = this.#failure;
    this.#thread.terminate();
    this.#pending.forEach(({ reject }) => reject(failure));
    this.#pending.clear();
  }

  #receive(message: FromHelper): void {
    this.#silence = 0;
    if ("alive" in message) return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) pending?.resolve(message.value);
    else if (message.isMemory) pending?.reject(new RangeError(message.message));
    else pending?.reject(new DeviceFailure(`a helper thread failed: ${message.message}`));
  }
}
