import { describe, expect, it } from "vitest";

import { notesOf } from "../../../../src/workflows/find/notes";

describe("notesOf", () => {
  it("gives all of what one learnware says", () => {
    const description = "Tells tumours apart. For study, not for diagnosis.";
    expect(notesOf([{ name: "one", description }])).toEqual({
      shared: [],
      own: [{ name: "one", text: description }],
    });
  });

  it("says once what most say, and of each what only it says", () => {
    const caution = "For study, not for diagnosis.";
    const cards = ["a", "b", "c"].map((name) => ({ name, description: `Of ${name}. ${caution}` }));
    const own = cards.map(({ name }) => ({ name, text: `Of ${name}.` }));
    expect(notesOf(cards)).toEqual({ shared: [caution], own });
  });

  it("loses no caution of one among many", () => {
    const alike = Array.from({ length: 9 }, (_, i) => ({
      name: `${i}`,
      description: "House prices!",
    }));
    const odd = { name: "odd", description: "House prices! 仅供研究。请勿用于诊断。" };
    expect(notesOf([...alike, odd])).toEqual({
      shared: ["House prices!"],
      own: [{ name: "odd", text: "仅供研究。 请勿用于诊断。" }],
    });
  });

  it("takes learnwares that say nothing", () => {
    expect(notesOf([{ name: "mute", description: " " }])).toEqual({ shared: [], own: [] });
  });
});
