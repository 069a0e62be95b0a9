import type { Format } from "../../../words/format";
import type { PrivacyLevel } from "../../../../workflows/find/privacy";
import type { Scenario } from "../../../../engine/learnware/semantic-values";
import type { Task } from "../../../../workflows/find/filter";
import { englishThings, type Things } from "../things";

/** What is said about searching, and about what leaves and stays, in English. */
export function english(f: Format, things: Things = englishThings(f, "table")) {
  const { many } = things;
  return {
    find: {
      title: "Find models",
      lead: "Berth describes your data, looks for models that learnt from data like yours, and compares them with it here. You decide what may leave for that.",
      button: "Find models",
      again: "Find again",
      lookFirst: "Let me look before anything is sent",
      describing: "Describing your data",
      asking: "Asking the server",
      comparing: "Comparing candidates with your data",
      nothingSent: "Nothing was sent.",
      leaves: (sent: boolean): string => (sent ? "What was sent" : "What would be sent"),
      leavesLine: (bytes: string, points: number, numbers: number) =>
        `${bytes}: ${f.counted(points, "point", "points")} of ${f.counted(numbers, "number", "numbers")} each, with a weight`,
      weightsLine: (bytes: string, points: number) =>
        `${bytes}: ${f.counted(points, "weight", "weights")}, one for each of this island’s public points`,
      body: "The whole message, to the byte",
      send: "Send it",
      safe: (points: number, fewest: number) =>
        `Only half of your ${many}, picked with this browser’s key, has a part in it. ${points === 1 ? "The point" : `Each of the ${f.integer(points)} points`} stands for at least ${f.integer(fewest)} of these ${many}; none coincides with one.`,
      safeOnBook: `Only half of your ${many}, picked with this browser’s key, has a part in it. The points are the same for everybody, so none of them comes from your ${many}.`,
      dropped: (count: number) =>
        `${f.counted(count, "point was", "points were")} left out to make sure of that.`,
      own: {
        title: "The points, in your own units",
        lead: "Made here from the numbers above: what each point says of your columns. Your column names and units are not sent.",
        lacks: (count: number) =>
          `${f.counted(count, "column that your table lacks is", "columns that your table lacks are")} sent as the island’s typical ${count === 1 ? "value" : "values"}.`,
        bookLead:
          "These points are public, and the same for everybody. All that is sent is how much each of them weighs, because of the rows near it; your column names and units are not sent.",
        wholeTitle: "How much each public point weighs",
        wholeLead: `These points are public, and the same for everybody: places among ${many} that are nobody’s. All that is sent is how much each of them weighs, because of those of yours near it; none of your ${many} is sent, nor anything they could be made again from.`,
        bookLacks: (count: number) =>
          `${f.counted(count, "column that your table lacks counts", "columns that your table lacks count")} as the island’s typical ${count === 1 ? "value" : "values"}.`,
        weight: "weight",
        more: (count: number, share: string) =>
          `and ${f.integer(count)} more, with ${share} of the weight`,
        all: "Show all",
        category: (value: string, share: string) => `${value} (${share})`,
      },
      selfCheck: "Check it yourself",
      selfCheckSteps: [
        "Open your browser’s developer tools (F12, or ⌥⌘I on a Mac) and choose Network.",
        "Go back to the data and press “Find again”. One request named “search” appears: its body is the text above.",
        "The requests after it only fetch: candidates’ specifications, then the models you choose.",
      ],
      nothingMatched:
        "No column is matched to a feature yet. Choose at least one in the step before.",
      islandChanged: `The server has put this island on a new scale since the page was opened, so your ${many} were described again.`,
      emptied: "Something before this step changed, so models need to be looked for again.",
    },
    privacy: privacy(f, things),
    narrow: narrow(f),
  };
}

export type FindWords = ReturnType<typeof english>;

interface LevelWords {
  readonly name: string;
  /** In two or three words, why one would choose it. */
  readonly tag: string;
  readonly sends: string;
  readonly cost: string;
}

/** How often attacks are right, and how often they may be; all as percentages. */
interface AttackShares {
  readonly nearest: string;
  readonly strongest: string;
  readonly chance: string;
  readonly mostNearest: string;
  readonly mostStrongest: string;
}

/** What the page says about leaving and staying, in English. */
function privacy(f: Format, { kind, one, many }: Things) {
  const downloads =
    "The server still sees which specifications and models are downloaded, and from which address.";
  const levels = (points: number | null, isWhole: boolean): Record<PrivacyLevel, LevelWords> => ({
    reduced: {
      name: "Summary",
      tag: "best matching",
      sends:
        points === null
          ? `Up to 100 made-up points that trace where your ${many} lie. Before they go, attacks on them are rehearsed here.`
          : `How many of your ${many} lie near each of ${f.integer(points)} public points, the same for everybody: 1 kB at most. Before it goes, attacks on it are rehearsed here.`,
      cost: isWhole
        ? `The server learns roughly what your ${many} are like. The check is tested, but it is no mathematical guarantee.`
        : "The server learns roughly how your columns are distributed. The check is tested, but it is no mathematical guarantee.",
    },
    private: {
      name: "Summary with noise",
      tag: "a stated guarantee",
      sends:
        points === null
          ? `512 numbers that describe all ${many} together, with random noise added here, strong enough to hide any single ${one}.`
          : `The same ${f.integer(points)} weights, made of all ${many}, with random noise added here, strong enough to hide any single ${one}.`,
      cost: `Matches a little less well, and needs ${points === null ? "a thousand" : "five hundred"} ${many} or more. Every search uses up some of the protection.`,
    },
    nothing: {
      name: "Nothing leaves",
      tag: "nothing is sent",
      sends:
        "Nothing about your data. The server’s descriptions of its models are downloaded, and searched in this tab.",
      cost: downloads,
    },
  });
  const epsilon = (value: number) => `ε = ${f.number(value)}`;
  const nothing = levels(null, false).nothing.name;

  return {
    legend: "What may leave this tab?",
    details: "What does it show?",
    sends: ({ tag, sends }: LevelWords) => ` (${tag}): ${sends}`,
    levels,
    filesOnly: `This server is plain files on a web server, so nothing about your data is sent. Its descriptions of models are downloaded, and searched in this tab. ${downloads}`,
    same: `Whichever you choose, what comes back is compared with your ${many} in this tab.`,
    key: `A summary is made of half of your ${many}, picked with a secret key of this browser: the same data always give the same message, so that asking again shows nothing new, and whoever knows all ${many} but one cannot work out the last.`,
    newKey: "A new key",
    makeKey: "Make a new key",
    newKeyCost: `With a new key, the next summary of the same data is made of another half of your ${many}. Whoever kept what you sent before can average the two, and sees more of your ${many}. It is for when this browser, with its key, was in other hands.`,
    newKeyMade: "This browser has a new key.",
    strength: "How much noise",
    strengths: (value: number) =>
      `${epsilon(value)}: ${
        value < 1
          ? "very much noise"
          : value < 2
            ? "much noise"
            : value < 4
              ? "some noise"
              : "little noise"
      }`,
    meaning: (value: number, delta: number) =>
      `Anyone who sees the numbers can hardly tell whether any one ${one} was among yours: seeing them changes the odds of a guess by a factor of ${f.number(Number(Math.exp(value).toPrecision(2)))} at most, apart from a chance of 1 in ${f.integer(1 / delta)} (ε = ${f.number(value)}, δ = ${f.decimal(delta)}).`,
    small: (rows: string) =>
      `With ${rows}, the noise is as large as the difference between one model and the next: expect poorer matches. A larger ε helps, or another choice above.`,
    unspent: `Nothing has been spent on these ${many} yet.`,
    spent: (spent: number, next: number) =>
      `Already spent on these ${many}: ${epsilon(spent)}. After this search: ${epsilon(next)}.`,
    overspent: (limit: number) =>
      `Together that is more than ε = ${f.number(limit)}. Noise averages out over many searches, so the guarantee is nearly worthless by then. Choose “${nothing}” to go on searching.`,
    ledger: "Kept in this browser only, under a fingerprint of what is open.",
    noisyLine: (bytes: string, numbers: number, eps: number, delta: number) =>
      `${bytes}: ${f.counted(numbers, "number", "numbers")} with noise (ε = ${f.number(eps)}, δ = ${f.decimal(delta)})`,
    noisyWhy: (rows: string) =>
      `The noise was drawn in this tab; the numbers without it never leave. How many there are of yours goes along, rounded down: ${rows}. The guarantee is about this message: models you download afterwards are chosen with your exact ${many}.`,
    plainAverage: (points: number) =>
      points === 1
        ? `So few ${many} get a summary of one point, and that is about their average${kind === "table" ? ", near the mean of every column" : ""}, with their count rounded down.`
        : `So few ${many} get a summary of only ${f.integer(points)} points, and they are averages: about the mean ${kind === "table" ? "of every column in" : "of"} ${f.integer(points)} groups of your ${many}, with their count rounded down.`,
    plainAverageChoice: `If that should not leave, find models without sending anything: on most islands it costs nothing but a larger download.`,
    nothingLine: (sent: boolean): string =>
      sent ? "Nothing was sent: 0 bytes." : "Nothing is sent: 0 bytes.",
    nothingWhy: (count: string, bytes: string) =>
      `Descriptions of all ${count} of this island are downloaded instead (about ${bytes}), whatever your data are.`,
    nothingSeen: (isAll: boolean): string =>
      isAll
        ? "Then the specifications of all of them follow, in alphabetical order, so that these downloads say nothing about your data. The server sees which island you picked, and which models you download in the end."
        : "Then the specifications of the nearest follow. The server sees which they are, and which models you download in the end; that tells it roughly what your data resemble.",
    attack: ({ nearest, strongest, chance, mostNearest, mostStrongest }: AttackShares) =>
      `Two attacks were rehearsed here, on what would be sent of parts of your ${many}. Shown one ${one} of a part and one of the rest, the one that looks for the nearest point tells which is which ${nearest} of the time, the strongest that we know ${strongest}. Tossing a coin gives ${chance}; above ${mostNearest} and ${mostStrongest} nothing would be sent.`,
    attackFinds: (found: string, most: string) =>
      `Where it may take one ${one} in a hundred of the rest for one of that part, the stronger finds ${found} in a hundred of those that are. A guess finds one; above ${most} nothing would be sent.`,
    goSearch: "Search here",
    searchHere: "Find without sending anything",
    fetching: "Downloading the server’s descriptions",
    nothingSteps: [
      "Open your browser’s developer tools (F12, or ⌥⌘I on a Mac) and choose Network.",
      "Press “Find again”, and sort by method. There are only GET requests: none has a body.",
      "None of their addresses holds anything but names of islands, models and files.",
    ],
  };
}

/** What the page says about searching by words and kinds, in English. */
function narrow(f: Format) {
  const tasks: Record<Task, string> = {
    regression: "a number",
    classification: "one of several classes",
  };
  return {
    title: "Narrow the search",
    text: "Words in name or description",
    task: "It predicts",
    tasks,
    scenario: "Field",
    scenarioName: (scenario: Scenario): string => scenario,
    licence: "Licence",
    licenceName: (licence: string): string => licence,
    any: "any",
    clear: "Clear",
    isSent: "What you enter here is sent when you start the search, and not before.",
    isKept: "What you enter here is not sent: this tab picks among the models that it downloads.",
    goes: (parts: readonly string[]) => `What you ask for goes with it: ${f.list(parts)}.`,
    words: (text: string) => `the words “${text}”`,
    target: (target: string) => `the target “${target}”`,
    kind: (task: Task) => `“predicts ${tasks[task]}”`,
    field: (scenario: string) => `the field “${scenario}”`,
    licensed: (licence: string) => `the licence “${licence}”`,
  };
}
