import { LEVELS } from "../../engine/chart/coasts";
import type { Marker } from "../../engine/chart/marker";
import { type Label, NAME_HEIGHT } from "./labels";
import type { Palette } from "./palette";
import type { DrawnIsland, Scene } from "./scene";
import { type Size, toScreen, type View } from "./viewport";

export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly size: Size;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
}

/** Square pixels that a dot is given at least, in the mean of its island; while a large chart moves, far more. */
const ROOM = 20;
const ROOM_MOVING = 240;
/** Above so many, dots are squares. */
const MOST_ROUND = 4000;
const GRID = 200;

/** Sea, land and models, a layer with every step: how much of a chart is painted is up to whoever asks for the next. */
export function* paintChart(
  { context, size, ratio }: Canvas,
  scene: Scene,
  view: View,
  palette: Palette,
  { lanes, isMoving }: { readonly lanes: boolean; readonly isMoving: boolean },
): Generator<void> {
  toPixels(context, ratio);
  context.fillStyle = palette.sea;
  context.fillRect(0, 0, size.width, size.height);
  paintGrid(context, size, view, palette);
  const seen = scene.islands.filter((island) => isInView(island, view, size));
  toUnits(context, size, view, ratio);
  const pixel = 1 / view.scale;
  context.lineJoin = "round";
  for (const level of LEVELS) {
    yield;
    const isSea = level === "far" || level === "deep" || level === "shallow";
    context.strokeStyle = level === "coast" ? palette.shore : palette.isobath;
    context.lineWidth = (level === "coast" ? 2 : 1.2) * pixel;
    context.fillStyle = palette[level];
    if (level === "coast" && lanes) paintLanes(context, scene, palette, pixel);
    // Lines first and areas over them, so that waters of neighbours run together.
    if (isSea || level === "coast") {
      context.globalAlpha = level === "coast" ? 1 : 0.8;
      for (const { paths } of seen) context.stroke(paths[level]);
      context.globalAlpha = 1;
    }
    for (const { paths } of seen) context.fill(paths[level], "evenodd");
  }
  yield;
  toPixels(context, ratio);
  context.fillStyle = palette.dot;
  const room = isMoving && scene.models > MOST_ROUND ? ROOM_MOVING : ROOM;
  for (const island of seen) paintDots(context, island, view, size, room);
}

function paintGrid(
  context: CanvasRenderingContext2D,
  size: Size,
  view: View,
  palette: Palette,
): void {
  const step = GRID * 2 ** Math.max(0, Math.ceil(Math.log2(0.5 / view.scale)));
  const [left, top] = [view.x - size.width / 2 / view.scale, view.y - size.height / 2 / view.scale];
  context.beginPath();
  for (let x = Math.ceil(left / step) * step; ; x += step) {
    const [at] = toScreen(view, size, x, 0);
    if (at > size.width) break;
    context.moveTo(Math.round(at) + 0.5, 0);
    context.lineTo(Math.round(at) + 0.5, size.height);
  }
  for (let y = Math.ceil(top / step) * step; ; y += step) {
    const [, at] = toScreen(view, size, 0, y);
    if (at > size.height) break;
    context.moveTo(0, Math.round(at) + 0.5);
    context.lineTo(size.width, Math.round(at) + 0.5);
  }
  context.strokeStyle = palette.deep;
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  context.stroke();
  context.globalAlpha = 1;
}

function paintLanes(
  context: CanvasRenderingContext2D,
  { lanes }: Scene,
  palette: Palette,
  pixel: number,
): void {
  const { strokeStyle, lineWidth } = context;
  context.strokeStyle = palette.water;
  context.lineWidth = 1.1 * pixel;
  context.lineCap = "round";
  context.globalAlpha = 0.6;
  context.setLineDash([pixel, 4 * pixel]);
  for (const { path } of lanes) context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
  Object.assign(context, { strokeStyle, lineWidth });
}

/** As many of an island's dots as it has room for, from all over it. */
function paintDots(
  context: CanvasRenderingContext2D,
  { x, y, radius, places, stride }: DrawnIsland,
  view: View,
  size: Size,
  room: number,
): void {
  const count = places.length / 2;
  const area = Math.PI * (radius * view.scale) ** 2;
  const drawn = Math.min(count, Math.ceil(area / room));
  const reach = Math.min(2.4, Math.max(1.1, 1.9 * Math.sqrt(view.scale)));
  const isRound = drawn <= MOST_ROUND;
  const [middleX, middleY] = toScreen(view, size, x, y);
  context.beginPath();
  for (let k = 0, i = 0; k < drawn; k++, i = (i + stride) % count) {
    const left = middleX + places[2 * i]! * view.scale;
    const top = middleY + places[2 * i + 1]! * view.scale;
    if (left < -3 || top < -3 || left > size.width + 3 || top > size.height + 3) continue;
    if (!isRound) {
      context.fillRect(left - 0.8, top - 0.8, 1.6, 1.6);
      continue;
    }
    context.moveTo(left + reach, top);
    context.arc(left, top, reach, 0, 2 * Math.PI);
  }
  if (isRound) context.fill();
}

export function paintLabels({ context }: Canvas, labels: readonly Label[], palette: Palette): void {
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { kind, text, note, x, y } of labels) {
    context.font = labelFont(kind, palette);
    setSpacing(context, kind);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = palette.sea;
    context.globalAlpha = 0.75;
    context.strokeText(text, x, y + 2);
    context.globalAlpha = 1;
    context.fillStyle = kind === "water" ? palette.water : palette.ink;
    context.fillText(text, x, y + 2);
    setSpacing(context, "island");
    if (note === null) continue;
    context.font = `12px ${palette.sans}`;
    context.fillStyle = palette.faint;
    context.fillText(note, x, y + NAME_HEIGHT + 1);
  }
}

export function labelFont(kind: Label["kind"], palette: Palette): string {
  return kind === "water" ? `italic 17px ${palette.serif}` : `15px ${palette.serif}`;
}

/** Names of waters are spaced, as on sea charts. */
export function setSpacing(context: CanvasRenderingContext2D, kind: Label["kind"]): void {
  context.letterSpacing = kind === "water" ? "1.5px" : "0px";
}

/** What goes over the chart: an island or a model that is pointed at, and the user's table. */
export function paintOver(
  { context, size, ratio }: Canvas,
  view: View,
  palette: Palette,
  marked: {
    readonly island: DrawnIsland | null;
    readonly model: readonly [x: number, y: number] | null;
    readonly marker: (Marker & { readonly joined?: number }) | null;
  },
): void {
  toPixels(context, ratio);
  context.clearRect(0, 0, size.width, size.height);
  const { island, model, marker } = marked;
  if (island) {
    toUnits(context, size, view, ratio);
    context.strokeStyle = palette.accent;
    context.lineWidth = 2 / view.scale;
    context.stroke(island.paths.coast);
    toPixels(context, ratio);
  }
  if (marker) paintMarker(context, marker, view, size, palette);
  if (!model) return;
  const [x, y] = toScreen(view, size, ...model);
  dot(context, x, y, 4, palette.accent);
  ring(context, x, y, 7, palette.accent);
}

function paintMarker(
  context: CanvasRenderingContext2D,
  { x, y, nearest, joined = 1 }: Marker & { readonly joined?: number },
  view: View,
  size: Size,
  palette: Palette,
): void {
  const [left, top] = toScreen(view, size, x, y);
  const large = Math.min(1.25, Math.max(0.75, Math.sqrt(view.scale)));
  const ends = nearest.map((one) => toScreen(view, size, one.x, one.y));
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.4;
  context.globalAlpha = joined;
  context.beginPath();
  for (const [toX, toY] of ends) {
    context.moveTo(left, top);
    context.lineTo(left + joined * (toX - left), top + joined * (toY - top));
  }
  context.stroke();
  for (const [toX, toY] of ends) dot(context, toX, toY, 3.4 * large, palette.accent);
  context.globalAlpha = 1;
  dot(context, left, top, 8 * large, palette.surface);
  context.lineWidth = 2.2;
  ring(context, left, top, 7 * large, palette.accent);
  dot(context, left, top, 3 * large, palette.accent);
}

function dot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  reach: number,
  colour: string,
) {
  circle(context, x, y, reach);
  context.fillStyle = colour;
  context.fill();
}

function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  reach: number,
  colour: string,
) {
  circle(context, x, y, reach);
  context.strokeStyle = colour;
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, reach: number) {
  context.beginPath();
  context.arc(x, y, reach, 0, 2 * Math.PI);
}

function toPixels(context: CanvasRenderingContext2D, ratio: number): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function toUnits(
  context: CanvasRenderingContext2D,
  size: Size,
  { x, y, scale }: View,
  ratio: number,
): void {
  const k = ratio * scale;
  context.setTransform(
    k,
    0,
    0,
    k,
    (ratio * size.width) / 2 - k * x,
    (ratio * size.height) / 2 - k * y,
  );
}

function isInView({ x, y, radius }: DrawnIsland, view: View, size: Size): boolean {
  const [left, top] = toScreen(view, size, x, y);
  const reach = 2.2 * radius * view.scale;
  return left > -reach && top > -reach && left < size.width + reach && top < size.height + reach;
}
