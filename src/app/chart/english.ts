import type { Format } from "../words/format";

/** What the chart itself says. */
export function english(f: Format) {
  return {
    models: (count: number) => `${f.integer(count)} ${count === 1 ? "model" : "models"}`,
    islandName: (name: string) => name,
    island: (name: string, count: number) =>
      `${name}, ${f.integer(count)} ${count === 1 ? "model" : "models"}`,
    water: (tag: string) => tag,
    nearer: "Nearer",
    farther: "Farther",
    all: "All",
    keys: "Arrow keys move the chart, plus and minus change its size, 0 shows all of it.",
    pause: "Pause",
    play: "Play",
    legend: {
      label: "What is drawn",
      land: "same kind of data",
      model: "a trained model",
      lane: "some features shared",
      living: "data like yours",
      marker: "your data",
    },
  };
}

export type ChartWords = ReturnType<typeof english>;
