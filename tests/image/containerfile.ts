/** One line of a Containerfile that is done, or kept for later. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

const KNOWN = new Set([
  ...["FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK"],
  "ENTRYPOINT",
]);

/** @throws Error naming a line that is no instruction that is known here. */
export function readContainerfile(text: string): Instruction[] {
  const lines = text.replaceAll("\\\n", " ").split("\n");
  return lines
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      if (!KNOWN.has(name))
        throw new Error(`the Containerfile has a line that is unknown: ${line}`);
      return { name, rest };
    });
}
