import { plainId } from "../../engine/learnware/plain-id";

/**
 * An id that tells what a learnware is called: its name in lower case, and a number where that is taken.
 *
 * @param number - Nobody else's; stands for a name without a Latin letter.
 */
export async function readableId(
  name: string,
  number: number,
  isFree: (id: string) => Promise<boolean>,
): Promise<string> {
  const plain = plainId(name);
  if (plain.length >= 2 && (await isFree(plain))) return plain;
  return `${plain.length >= 2 ? plain : "learnware"}-${number}`;
}
