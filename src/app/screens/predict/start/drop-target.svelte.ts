import { handleOf } from "./file-handles";
import type { TableStep } from "../columns/table.svelte";

interface Named {
  /** What pasted text is called. */
  readonly pasted: () => string;
  /** What several files are called together. */
  readonly several: () => string;
}

/** Takes files, folders or text dropped or pasted anywhere on the page. */
export class DropTarget {
  #isOver = $state(false);
  readonly #table: TableStep;
  readonly #named: Named;
  readonly #onHandle: (handle: FileSystemFileHandle) => void;

  /** @param onHandle - Told how a file can be opened again, where the browser lends a handle. */
  constructor(table: TableStep, named: Named, onHandle: (handle: FileSystemFileHandle) => void) {
    this.#table = table;
    this.#named = named;
    this.#onHandle = onHandle;
  }

  get isOver(): boolean {
    return this.#isOver;
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
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    // Asked for now: after the event they are gone.
    const items = Array.from(event.dataTransfer.items);
    const entries = items.map((item) => item.webkitGetAsEntry()).filter((one) => one !== null);
    const [entry, ...others] = entries;
    if (entry && (others.length > 0 || entry.isDirectory)) {
      const name = others.length > 0 ? this.#named.several() : entry.name;
      void this.#table.gather(name, async (signal) =>
        (await import("./gather")).gatherDropped(entries, name, signal),
      );
      return;
    }
    const files = Array.from(event.dataTransfer.files);
    if (files.length > 1) {
      // Nothing says whether folders are among them.
      const name = this.#named.several();
      void this.#table.gather(name, async () =>
        (await import("./gather")).gatherChosen(files, name),
      );
      return;
    }
    const [item] = items;
    if (item) void handleOf(item).then((handle) => handle && this.#onHandle(handle));
    void this.#table.read(file);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const { target } = event;
    if (target instanceof HTMLElement && target.matches("input, textarea, select")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file) void this.#table.read(file);
    else if (text.includes("\n")) void this.#table.readText(text, this.#named.pasted());
  };
}
