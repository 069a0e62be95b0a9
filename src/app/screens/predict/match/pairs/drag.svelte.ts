import type { Joining } from "./joining.svelte";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The pointer has to go this far, in pixels, to draw a line and not to click. */
const FAR = 5;

/** Draws a line from a column to a feature with a mouse or pen. A finger scrolls, and chooses one after the other. */
export class LineDrag {
  #from = $state.raw<{ readonly column: number; readonly start: Point } | null>(null);
  #to = $state.raw<Point | null>(null);
  /** The click that ends a drag is none. */
  #wasDrag = false;
  readonly #joining: Joining;

  constructor(joining: Joining) {
    this.#joining = joining;
  }

  /** Column and end of the line that is being drawn, in the window. */
  get line(): { readonly column: number; readonly to: Point } | null {
    return this.#from && this.#to && { column: this.#from.column, to: this.#to };
  }

  down(event: PointerEvent, column: number): void {
    this.#wasDrag = false;
    if (event.pointerType === "touch" || event.button !== 0) return;
    this.#from = { column, start: { x: event.clientX, y: event.clientY } };
  }

  readonly move = ({ clientX: x, clientY: y }: PointerEvent): void => {
    if (!this.#from) return;
    const { start, column } = this.#from;
    if (!this.#to && Math.hypot(x - start.x, y - start.y) < FAR) return;
    if (!this.#to) this.#joining.pick(column);
    this.#to = { x, y };
  };

  readonly up = ({ clientX, clientY }: PointerEvent): void => {
    if (this.#to) {
      this.#wasDrag = true;
      setTimeout(() => (this.#wasDrag = false)); // Where it ends elsewhere no click follows.
      const under = document.elementFromPoint(clientX, clientY);
      const feature = under?.closest<HTMLElement>("[data-feature]")?.dataset["feature"];
      if (feature === undefined) this.#joining.untie();
      else this.#joining.chooseFeature(Number(feature));
      this.#joining.drop();
    }
    this.cancel();
  };

  readonly cancel = (): void => {
    this.#from = null;
    this.#to = null;
  };

  /** Whether a click is only the end of a drag. */
  takeClick(): boolean {
    const was = this.#wasDrag;
    this.#wasDrag = false;
    return was;
  }
}
