import type { Chart, ChartIsland } from "../../engine/chart/chart";
import type { ChartDocument } from "../http/chart-api";
import { bytesFromBase64, bytesToBase64 } from "./wire-rkme";

const FULL = 32_767;

/** A chart as it travels: places in whole 32767ths of their island's radius, other numbers in hundredths. */
export function chartToWire({ islands, lanes, waters }: Chart): ChartDocument {
  return {
    islands: islands.map((one) => ({
      id: one.id,
      name: one.name,
      x: hundredths(one.x),
      y: hundredths(one.y),
      radius: hundredths(one.radius),
      unit: hundredths(one.unit),
      tags: [...one.tags],
      ids: [...one.ids],
      places: placesToWire(one),
    })),
    lanes: lanes.map((lane) => ({ ...lane, shared: [...lane.shared] })),
    waters: waters.map(({ tag, x, y }) => ({ tag, x: hundredths(x), y: hundredths(y) })),
  };
}

/** Of a chart the part that these learnwares are on. */
export function chartOf(chart: ChartDocument, learnwares: ReadonlySet<string>): ChartDocument {
  const islands = chart.islands.map((island) => {
    if (island.ids.every((id) => learnwares.has(id))) return island;
    const bytes = bytesFromBase64("places", island.places);
    const kept = island.ids.flatMap((id, i) => (learnwares.has(id) ? [i] : []));
    const places = kept.flatMap((i) => [...bytes.subarray(4 * i, 4 * i + 4)]);
    return {
      ...island,
      ids: kept.map((i) => island.ids[i]!),
      places: bytesToBase64(Uint8Array.from(places)),
    };
  });
  return { ...chart, islands };
}

function hundredths(number: number): number {
  return Math.round(100 * number) / 100;
}

function placesToWire({ places, radius }: ChartIsland): string {
  const bytes = new Uint8Array(places.length * 2);
  const view = new DataView(bytes.buffer);
  places.forEach((place, i) => view.setInt16(2 * i, Math.round((FULL * place) / radius), true));
  return bytesToBase64(bytes);
}
