import { EngineError } from "../ground/errors";
import type { Manifest } from "./manifest";

/** Classes of the specification that Berth describes data of all kinds by; the second is what the Python package once called it. */
const CLASSES = ["RKMETableSpecification", "RKMEStatSpecification"];
/** Classes of the Python package whose points no data can be laid beside here. */
const OF_PACKAGE: Readonly<Record<string, string>> = {
  RKMETextSpecification: "is of an embedding (MiniLM) that Berth does not have",
  RKMEImageSpecification: "is of noise and weights, which no picture can be laid beside",
};

/**
 * Which of a learnware's statistical specifications describes its data; others may stand beside it.
 *
 * @throws EngineError `bad_specification` if none is of a class that data can be compared with.
 */
export function specificationEntry({
  stat_specifications: entries,
}: Pick<Manifest, "stat_specifications">): Manifest["stat_specifications"][number] {
  const found = CLASSES.flatMap((wanted) =>
    entries.filter(({ class_name }) => class_name === wanted),
  );
  if (found[0]) return found[0];
  const [first] = entries;
  const why = OF_PACKAGE[first!.class_name];
  throw new EngineError(
    "bad_specification",
    why === undefined
      ? `${CLASSES.join(" or ")} is needed among the specifications, got ${entries.map(({ class_name }) => class_name).join(", ")}`
      : `${first!.class_name} ${why}: describe its training data anew, with berth train, and let this one stand beside`,
  );
}
