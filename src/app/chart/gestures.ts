import type { ChartView } from "./chart-view.svelte";

const STEP = 1.5;
const STRIDE = 70;
/** CSS pixels that a finger may slip and still have tapped. */
const SLIP = 5;
const WHEEL = 0.0016;

type Place = readonly [x: number, y: number];

/** Moves a chart by pointer, wheel and keys. */
export class Gestures {
  readonly #view: ChartView;
  readonly #onTap: () => void;
  readonly #down = new Map<number, Place>();
  #slipped = 0;

  /** @param onTap - Told when something was tapped: it is what `view.hit` is. */
  constructor(view: ChartView, onTap: () => void) {
    this.#view = view;
    this.#onTap = onTap;
  }

  readonly onpointerdown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    this.#slipped = 0;
    this.#down.set(event.pointerId, placeOf(event));
  };

  readonly onpointermove = (event: PointerEvent): void => {
    const to = placeOf(event);
    const from = this.#down.get(event.pointerId);
    if (!from) {
      this.#view.point(to);
      return;
    }
    this.#down.set(event.pointerId, to);
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    this.#slipped += Math.hypot(dx, dy);
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) {
      if (this.#slipped > SLIP) this.#view.pan(dx, dy);
      return;
    }
    this.#slipped = Infinity;
    const before = Math.hypot(from[0] - other[0], from[1] - other[1]);
    const after = Math.hypot(to[0] - other[0], to[1] - other[1]);
    const middle = [(to[0] + other[0]) / 2, (to[1] + other[1]) / 2] as const;
    if (before > 0) this.#view.zoom(after / before, middle);
    this.#view.pan(dx / 2, dy / 2);
  };

  readonly onpointerup = (event: PointerEvent): void => {
    if (!this.#down.delete(event.pointerId)) return;
    if (this.#slipped > SLIP) return;
    this.#view.point(placeOf(event));
    this.#onTap();
  };

  readonly onpointercancel = (event: PointerEvent): void => {
    this.#down.delete(event.pointerId);
  };

  readonly onpointerleave = (): void => {
    if (this.#down.size === 0) this.#view.point(null);
  };

  readonly onwheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    this.#view.zoom(Math.exp(-event.deltaY * lines * WHEEL), placeOf(event));
  };

  readonly onkeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const done = this.#key(event.key);
    if (done) event.preventDefault();
  };

  #key(key: string): boolean {
    if (key === "ArrowLeft") this.#view.pan(STRIDE, 0);
    else if (key === "ArrowRight") this.#view.pan(-STRIDE, 0);
    else if (key === "ArrowUp") this.#view.pan(0, STRIDE);
    else if (key === "ArrowDown") this.#view.pan(0, -STRIDE);
    else if (key === "+" || key === "=") this.#view.step(STEP);
    else if (key === "-" || key === "_") this.#view.step(1 / STEP);
    else if (key === "0" || key === "Home") this.#view.show(null);
    else return false;
    return true;
  }
}

function placeOf(event: MouseEvent): Place {
  if (!(event.currentTarget instanceof Element)) return [0, 0];
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}
