import fc from "fast-check";

const words = [
  ...[
    "area",
    "Area (m²)",
    "age",
    "lag 1",
    "lag 11",
    "Temp",
    "temperature",
    "of the",
    "sqft",
    "Größe",
  ],
  ...["", "#", "living", "price", "cost", "aaaa", "面积", "x7"],
];
/** A column name, mostly of a few words that others have too. */
export const anyName = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 12 }),
  fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((some) => some.join("_")),
);
