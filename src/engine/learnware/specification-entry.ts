import { EngineError } from "../ground/errors";
import type { KindName } from "../ground/kind-name";
import type { Manifest } from "./manifest";

/** `RKMEStatSpecification` is what the Python package once called the specification of a table. */
const TABLE_CLASSES = ["RKMETableSpecification", "RKMEStatSpecification"];

/** Classes of specifications in the Python package that say something of a kind's data, the best first. */
const classesOf: Record<KindName, readonly string[]> = {
  table: TABLE_CLASSES,
  image: ["RKMEImageSpecification", ...TABLE_CLASSES],
  text: ["RKMETextSpecification", ...TABLE_CLASSES],
};

/**
 * Which of a learnware's statistical specifications describes its data; others may stand beside it.
 *
 * @throws EngineError `bad_specification` if none is of a class that its kind knows.
 */
export function specificationEntry({
  kind,
  stat_specifications: entries,
}: Pick<Manifest, "kind" | "stat_specifications">): Manifest["stat_specifications"][number] {
  for (const wanted of classesOf[kind]) {
    const entry = entries.find(({ class_name }) => class_name === wanted);
    if (entry) return entry;
  }
  const names = entries.map(({ class_name }) => class_name).join(", ");
  throw new EngineError(
    "bad_specification",
    `${classesOf[kind].join(" or ")} is needed among the specifications, got ${names}`,
  );
}
