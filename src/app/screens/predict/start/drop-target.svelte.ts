import { handleOf } from "./file-handles";
import type { TableStep } from "../columns/table.svelte";

/** Takes a file or text dropped or pasted anywhere on the page. */
export class DropTarget {
  #isOver = $state(false);
  #surplus = $state(0);
  readonly #table: TableStep;
  readonly #pastedName: () => string;
  readonly #onHandle: (handle: FileSystemFileHandle) => void;

  /** @param onHandle - Told how a file can be opened again, where the browser lends a handle. */
  constructor(
    table: TableStep,
    pastedName: () => string,
    onHandle: (handle: FileSystemFileHandle) => void,
  ) {
    this.#table = table;
    this.#pastedName = pastedName;
    this.#onHandle = onHandle;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** How many files came with the last one that was read, and were left alone. */
  get surplus(): number {
    return this.#surplus;
  }

  readonly over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#isOver = true;
  };

  readonly leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.#isOver = false;
  };

  readonly drop = (event: DragEvent): void => {
    this.#isOver = false;
    const [file, ...others] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.#surplus = others.length;
    const [item] = event.dataTransfer?.items ?? []; // Asked for now: after the event it is gone.
    if (item) void handleOf(item).then((handle) => handle && this.#onHandle(handle));
    void this.#table.read(file);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const { target } = event;
    if (target instanceof HTMLElement && target.matches("input, textarea, select")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file) void this.#table.read(file);
    else if (text.includes("\n")) void this.#table.readText(text, this.#pastedName());
  };
}
