import { prefersReducedMotion } from "svelte/motion";

import type { Marker } from "../../engine/chart/marker";
import { type Hit, hitAt } from "./hit";
import { type Label, type LabelWords, placeLabels } from "./labels";
import { labelFont, paintChart, paintLabels, paintOver, setSpacing } from "./paint";
import type { Palette } from "./palette";
import type { DrawnIsland, Scene } from "./scene";
import { between, type Box, fit, panned, type Size, type View, zoomed } from "./viewport";

/** What is drawn beside the islands and models. */
export interface Extras {
  readonly lanes: boolean;
  readonly labels: LabelWords | null;
}

const GLIDE_MS = 450;
/** After so long without a movement every dot is drawn again. */
const SETTLE_MS = 140;
const NO_SIZE: Size = { width: 0, height: 0 };

/** What of a chart is in view, and how it is painted and moved. */
export class ChartView {
  readonly scene: Scene;
  size = $state.raw(NO_SIZE);
  view = $state.raw<View>({ x: 0, y: 0, scale: 1 });
  hit = $state.raw<Hit | null>(null);
  isMoving = $state.raw(false);
  #covered: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  #focus: DrawnIsland | null = null;
  /** Until it is moved by hand it shows what it was told to, whatever its size. */
  #isHome = true;
  #glide = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** The whole chart, or the island that it is to show. */
  get home(): View {
    return fit(this.#focus ? boxAround(this.#focus) : this.scene.box, this.size, this.#covered);
  }

  get #whole(): View {
    return fit(this.scene.box, this.size, this.#covered);
  }

  /** @param covered - CSS pixels at each side that something else lies upon. */
  resize(size: Size, covered: Box): void {
    this.size = size;
    this.#covered = covered;
    if (this.#isHome) this.view = this.home;
  }

  /** Shows an island, or with null all of them. */
  show(id: string | null): void {
    this.#focus = id === null ? null : (this.scene.byId.get(id) ?? null);
    this.#isHome = true;
    if (this.size.width > 0) this.#glideTo(this.home);
  }

  zoom(factor: number, at = [this.size.width / 2, this.size.height / 2] as const): void {
    this.#isHome = false;
    this.#stop();
    this.view = zoomed(this.view, factor, at, this.size, this.#whole);
    this.#moved();
  }

  /** Zoom by a button or key: with a glide. */
  step(factor: number): void {
    this.#isHome = false;
    const middle = [this.size.width / 2, this.size.height / 2] as const;
    this.#glideTo(zoomed(this.view, factor, middle, this.size, this.#whole));
  }

  pan(dx: number, dy: number): void {
    this.#isHome = false;
    this.#stop();
    this.view = panned(this.view, dx, dy, this.scene.box);
    this.#moved();
  }

  point(at: readonly [x: number, y: number] | null): void {
    const hit = at && hitAt(this.scene, this.view, this.size, at);
    const isSame = hit?.island === this.hit?.island && hit?.model?.id === this.hit?.model?.id;
    if (!isSame) this.hit = hit;
  }

  /** Paints a layer with every step. */
  *paint(
    context: CanvasRenderingContext2D,
    ratio: number,
    palette: Palette,
    extras: Extras,
  ): Generator<void> {
    const { scene, view, size, isMoving } = this;
    const canvas = { context, size, ratio };
    yield* paintChart(canvas, scene, view, palette, { lanes: extras.lanes, isMoving });
    if (!extras.labels) return;
    yield;
    const labels = this.#labels(context, palette, extras.labels);
    yield;
    paintLabels(canvas, labels, palette);
  }

  paintOver(
    context: CanvasRenderingContext2D,
    ratio: number,
    palette: Palette,
    marker: Marker | null,
    pointed: string | null,
  ): void {
    const { hit, size, view } = this;
    const model = hit?.model ? ([hit.model.x, hit.model.y] as const) : null;
    const island = (pointed === null ? null : this.scene.byId.get(pointed)) ?? hit?.island ?? null;
    paintOver({ context, size, ratio }, view, palette, { island, model, marker });
  }

  dispose(): void {
    this.#stop();
    clearTimeout(this.#settling);
  }

  #labels(context: CanvasRenderingContext2D, palette: Palette, words: LabelWords): Label[] {
    const widthOf = (text: string, kind: Label["kind"]): number => {
      context.font = labelFont(kind, palette);
      setSpacing(context, kind);
      return context.measureText(text).width + 8;
    };
    return placeLabels(this.scene, this.view, this.size, words, widthOf);
  }

  #glideTo(to: View): void {
    this.#stop();
    const from = this.view;
    if (prefersReducedMotion.current) {
      this.view = to;
      return;
    }
    const start = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
      this.view = between(from, to, 1 - (1 - share) ** 3);
      this.#moved();
      if (share < 1) this.#glide = requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }

  #stop(): void {
    cancelAnimationFrame(this.#glide);
  }

  #moved(): void {
    this.isMoving = true;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.isMoving = false), SETTLE_MS);
  }
}

function boxAround({ x, y, radius }: DrawnIsland): Box {
  const reach = 1.25 * radius;
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}
