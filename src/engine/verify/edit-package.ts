import type { semanticValues } from "../learnware/semantic-values";
import { openLearnware, packLearnware } from "../learnware/package";

/** What can be told anew of a learnware. */
export interface PackageEdit {
  readonly name?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly scenario?: readonly (typeof semanticValues.Scenario)[number][] | undefined;
  readonly licence?: (typeof semanticValues.License)[number] | undefined;
}

/**
 * The same learnware with other words: model, specification and space stay as they are, byte for byte. Words in other languages
 * that say what was there before are left out.
 *
 * @throws EngineError `bad_package` and others if the zip cannot be read, or the words are not allowed.
 */
export async function editPackage(
  zip: Uint8Array,
  { name, description, scenario, licence }: PackageEdit,
): Promise<Uint8Array<ArrayBuffer>> {
  const { manifest, semantic, ...rest } = await openLearnware(zip);
  const { translations, ...about } = manifest;
  const areKept = name === undefined && description === undefined;
  return packLearnware({
    ...rest,
    manifest: {
      ...about,
      ...(name !== undefined && { name }),
      ...(areKept && translations && { translations }),
    },
    semantic: {
      ...semantic,
      ...(name !== undefined && { Name: { Values: name, Type: "String" } }),
      ...(description !== undefined && { Description: { Values: description, Type: "String" } }),
      ...(scenario && { Scenario: { Values: [...scenario], Type: "Tag" } }),
      ...(licence !== undefined && { License: { Values: [licence], Type: "Class" } }),
    },
  });
}
