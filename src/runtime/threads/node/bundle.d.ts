/** The URL of a bundle of a TypeScript file and all that it imports of ours. */
export function bundle(entry: URL): Promise<string>;
