/** What no system, or not every one, allows in a name; and what changes how text beside it reads. */
// eslint-disable-next-line no-control-regex -- These are meant.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Names of devices on Windows, whatever comes after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const MOST_CHARACTERS = 100;
const UNNAMED = "unnamed";

/**
 * Where each picture goes when they are sorted into folders: a folder a label, and the name it has. Unsafe names are cleaned,
 * and no two are the same, on systems that take upper and lower case for the same either.
 *
 * @param names - Paths below what was chosen; shape [n].
 * @param labels - Shape [n].
 * @returns Shape [n].
 */
export function sortedPaths(names: readonly string[], labels: readonly string[]): string[] {
  const folders = new Map<string, string>();
  const taken = new Set<string>();
  return names.map((name, i) => {
    const label = labels[i]!;
    let folder = folders.get(label);
    if (folder === undefined) folders.set(label, (folder = unused(safeName(label), "", taken)));
    return unused(safeName(name.split(/[\\/]/).at(-1) ?? ""), `${folder}/`, taken);
  });
}

function unused(name: string, folder: string, taken: Set<string>): string {
  const dot = folder === "" ? -1 : name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let path = `${folder}${name}`;
  for (let i = 2; taken.has(path.toLowerCase()); i++) path = `${folder}${stem} (${i})${ending}`;
  taken.add(path.toLowerCase());
  return path;
}

function safeName(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(/\p{Surrogate}/gu, "_")
    .replace(UNSAFE, "_")
    .trim();
  const short = shortened(plain)
    .replace(/^\.+/, "_")
    .replace(/[. ]+$/, "");
  const safe = DEVICE.test(short) ? `_${short}` : short;
  return safe === "" ? UNNAMED : safe;
}

/** The end of a name says what kind of file it is. */
function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= MOST_CHARACTERS) return name;
  const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? "";
  return characters.slice(0, MOST_CHARACTERS - ending.length).join("") + ending;
}
