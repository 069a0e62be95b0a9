import type { Island } from "../../contracts/http/dock-api";
import type { Question } from "../../engine/learnware/question";
import { fnv1a } from "../../engine/specification/kernel/random-features";

const MOST_NAME = 120;

/**
 * A further island of a space, by an id that follows from the question alone, so that it is the same
 * in every dock.
 *
 * @param first - An island that the space has already.
 */
export function foundIsland(
  { name, description, space }: Pick<Island, "name" | "description"> & { space: { id: string } },
  question: Question,
): Island {
  const asked = question.form === "target" ? question.target : question.labels.join(", ");
  const hash = fnv1a(JSON.stringify(question)).toString(16).padStart(8, "0");
  return {
    id: `${space.id.slice(0, 54)}-${hash}`,
    name: `${name}: ${asked}`.slice(0, MOST_NAME),
    description,
    question,
  };
}
