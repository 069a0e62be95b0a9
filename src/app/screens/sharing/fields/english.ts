import type { Scenario } from "../../../../engine/learnware/semantic-values";

/** What is written of a learnware by hand, in English. */
export function english() {
  return {
    name: "Name",
    description: "What it is for, and where it learnt",
    scenario: "Fields",
    scenarioName: (field: Scenario): string => field,
    licence: "Licence",
    licenceName: (licence: string): string => (licence === "Others" ? "not stated" : licence),
    lacks: "A name, a description and at least one field are needed.",
  };
}

export type FieldWords = ReturnType<typeof english>;
