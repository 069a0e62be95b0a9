import type { Format } from "../../words/format";

/** What the page says about all that a server has. */
export function english(f: Format) {
  const counted = (count: number, one: string, more: string) =>
    `${f.integer(count)} ${count === 1 ? one : more}`;
  const models = (count: number) => counted(count, "model", "models");
  return {
    title: "The world of this server",
    lead: (count: number, islands: number) =>
      `${models(count)} on ${counted(islands, "island", "islands")}.`,
    nearness: "What lies near is mostly alike.",
    nearnessMore:
      "On an island, models lie near each other when they learnt from similar data. Between islands, nearness is only a hint. Lines from your data lead to the truly nearest.",
    chart: (count: number, islands: number) =>
      `Sea chart of ${models(count)} on ${counted(islands, "island", "islands")}; the list has the same.`,
    zoom: "Size of the chart",
    loading: "Loading",
    drawing: "The chart is being drawn. The list has everything already.",
    noChart: "This server has no chart. The list has everything.",
    empty: "There are no models on this server yet.",
    list: "Islands and models",
    search: "Search islands and models",
    searchModels: "Search",
    found: (islands: number, count: number | null) => {
      const ofIslands = counted(islands, "island", "islands");
      return count === null ? ofIslands : `${ofIslands}, ${models(count)}`;
    },
    nothing: "Nothing here is called that.",
    models,
    about: (features: number, targets: readonly string[]) =>
      [
        ...(features > 0 ? [counted(features, "feature", "features")] : []),
        ...(targets.length > 0 ? [`predicts ${f.list(targets)}`] : []),
      ].join(", "),
    modelsFound: "Models",
    some: (shown: number, count: number) =>
      shown < count ? `${f.integer(shown)} of ${models(count)}` : models(count),
    nearest: "Nearest to your data",
    alike: "alike",
    share: (similarity: number) => f.percent(similarity),
    all: "All its models",
    compare: "Compare with your rows",
    shares: (island: string, names: readonly string[], count: number) => {
      const more = count - names.length;
      return `${island} also has ${f.list(more > 0 ? [...names, `${f.integer(more)} more`] : names)}.`;
    },
  };
}

export type WorldWords = ReturnType<typeof english>;
