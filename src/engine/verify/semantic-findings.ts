import type { ReadPackage } from "./read-package";
import { type Found, refused, warned } from "./check";

/** Characters below which nobody learns what a learnware is for; the Python package's dock asks for as many. */
const FEWEST_NAME = 5;
const FEWEST_DESCRIPTION = 10;

/** Whether what a learnware says of itself is enough, and fits its model. */
export function semanticFindings({
  semantic,
  model,
}: Pick<ReadPackage, "semantic" | "model">): Found | null {
  const { Input, Output, Name, Description } = semantic;
  const takes = model.features.length;
  if (takes > 0 && Input && Input.Dimension !== takes) {
    const message = `Input.Dimension is ${Input.Dimension}, but the model takes ${takes} features`;
    return refused("dimensions", message, { said: Input.Dimension, model: takes });
  }
  const gives = Math.max(1, model.labels.length);
  if (Output && Output.Dimension !== gives) {
    const message = `Output.Dimension is ${Output.Dimension}, but the model gives ${gives} numbers`;
    return refused("dimensions", message, { said: Output.Dimension, model: gives });
  }
  const [name, description] = [Name.Values.trim().length, Description.Values.trim().length];
  if (name >= FEWEST_NAME && description >= FEWEST_DESCRIPTION) return null;
  return warned(
    "short_texts",
    `people find it by its name and description: ${FEWEST_NAME} and ${FEWEST_DESCRIPTION} characters at least are better, got ${name} and ${description}`,
    { name, description },
  );
}
