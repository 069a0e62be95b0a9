/** The layer rules of docs/architecture.md: who may import whom. */
const only = (layer, path, allowed) => ({
  name: `${layer}-imports-only`,
  severity: "error",
  from: { path },
  to: { pathNot: allowed },
});

/** Each room of the engine imports only those before it. */
const engineRanks = [
  ...["ground", "specification", "learner", "learnware"],
  ...["kinds", "verify", "search", "chart", "reuse", "export", "pack"],
];

/** It checks the island that a package carries, and is to be given the kind for it. */
const checksItsIsland = "^src/engine/learnware/package\\.ts$";

/** Who may name a kind of data beside kinds/index.ts. */
const knowTables = [
  "^src/engine/kinds/((table|image|text)/|(dimension-of|features-of|index|space|space-schema)\\.ts$)",
  checksItsIsland,
  "^src/engine/(export|pack)/",
  "^src/engine/verify/sample\\.ts$",
  "^src/(app|cli|client|contracts|dock|library|workflows)/",
  "^src/runtime/((byte-tools|text-decoding)\\.ts$|embedders/|pictures/|tensors/)",
  "^workers/",
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...engineRanks.slice(0, -1).map((room, rank) => ({
      name: `engine-${room}-imports-only-above-it`,
      severity: "error",
      from: { path: `^src/engine/${room}/`, pathNot: checksItsIsland },
      to: { path: `^src/engine/(${engineRanks.slice(rank + 1).join("|")})/` },
    })),
    {
      name: "kinds-apart",
      comment: "Kinds of data never import each other.",
      severity: "error",
      from: { path: "^src/engine/kinds/([^/]+)/" },
      to: { path: "^src/engine/kinds/[^/]+/", pathNot: "^src/engine/kinds/$1/" },
    },
    {
      name: "kinds-index-names-them",
      comment:
        "What is free of kinds looks one up in kinds/index; these are about tables, or carry islands.",
      severity: "error",
      from: { path: "^(src|workers)/", pathNot: knowTables },
      to: { path: "^src/engine/kinds/(table|image|text)/" },
    },
    {
      name: "production-imports-no-tests",
      severity: "error",
      from: { path: "^(src|workers)/" },
      to: { path: "^tests/" },
    },
    {
      name: "dock-features-apart",
      severity: "error",
      from: { path: "^src/dock/features/([^/]+)/" },
      to: { path: "^src/dock/features/", pathNot: "^src/dock/features/$1/" },
    },
    {
      name: "dock-features-only-read",
      severity: "error",
      from: { path: "^src/dock/features/" },
      to: { path: "^src/dock/(intake|jobs|mirror|storage/(sql|records|database|open-))" },
    },
    {
      name: "tabs-load-tfjs-in-parts",
      severity: "error",
      from: { path: "^workers/" },
      to: { path: "^node_modules/@tensorflow/tfjs/", reachable: true },
    },
    only("engine", "^src/engine/(?!learnware/|kinds/|specification/keyed/)", [
      "^src/engine/",
      "^node_modules/zod/",
    ]),
    only("engine-keyed", "^src/engine/specification/keyed/", [
      "^src/engine/",
      "^node_modules/@noble/hashes/",
    ]),
    only("engine-kinds", "^src/engine/kinds/", [
      "^src/engine/",
      "^node_modules/(apache-arrow|franc-min|fzstd|hyparquet|hyparquet-compressors|hyparquet-writer|jszip|papaparse|saxes|sql[.]js|zod)/",
    ]),
    only("engine-learnware", "^src/engine/learnware/", [
      "^src/engine/",
      "^node_modules/(jszip|protobufjs|yaml|zod)/",
    ]),
    only("reference", "^src/reference/", ["^src/(reference|engine)/"]),
    only("workflows", "^src/workflows/", ["^src/(workflows|engine|contracts)/"]),
    only("contracts", "^src/contracts/", ["^src/(contracts|engine)/", "^node_modules/zod/"]),
    only("runtime", "^src/runtime/(?!threads/)", [
      "^src/(runtime|engine)/",
      "^src/contracts/outcome\\.ts$",
      "^node_modules/(@tensorflow|onnxruntime-web|assemblyscript)/",
    ]),
    only("threads", "^src/runtime/threads/(?!node/)", [
      "^src/runtime/threads/(?!node/)",
      "^src/(contracts|engine)/",
      "^node_modules/comlink/",
    ]),
    only("node-threads", "^src/runtime/threads/node/", [
      "^src/runtime/threads/",
      "^src/contracts/",
      "^node_modules/(comlink|esbuild)/",
      "^(node:)?(crypto|fs|path|url|worker_threads)$",
    ]),
    {
      name: "node-threads-in-node-only",
      severity: "error",
      from: {
        path: "^(workers|src/(app|client|library|workflows|runtime))/",
        pathNot: "^src/runtime/threads/node/",
      },
      to: { path: "^src/runtime/threads/node/" },
    },
    only("workers", "^workers/", ["^workers/", "^src/(workflows|engine|runtime|contracts)/"]),
    only("client", "^src/client/", [
      "^src/(client|contracts|engine)/",
      "^src/runtime/threads/",
      "^node_modules/(@noble/hashes|idb|lru-cache)/",
      "^onnxruntime-web/ort-wasm-simd-threaded\\.wasm\\?url$",
      "^assets/[a-z0-9-]+\\.onnx$",
    ]),
    only("library", "^src/library/(?!build\\.js$)", [
      "^src/(library|workflows|client|contracts|engine|runtime)/",
    ]),
    only("app", "^src/app/", [
      "^src/(app|workflows|client|contracts|engine)/",
      "^node_modules/(svelte|bits-ui)/",
      "^workers/",
    ]),
    only("components", "^src/app/components/", [
      "^src/app/(components|words)/",
      "^src/app/(messages|problem|settings\\.svelte)\\.ts$",
      "^node_modules/(svelte|bits-ui)/",
    ]),
    {
      name: "screens-apart",
      comment: "A screen is a folder of its own; the page knows screens by their table only.",
      severity: "error",
      from: { path: "^src/app/screens/([^/]+)/" },
      to: { path: "^src/app/screens/[^/]+/", pathNot: "^src/app/screens/$1/" },
    },
    {
      name: "screens-by-their-table",
      severity: "error",
      from: { path: "^src/app/(?!screens/)" },
      to: { path: "^src/app/screens/[^/]+/" },
    },
    {
      name: "screens-load-lazily",
      severity: "error",
      from: { path: "^src/app/screens/[^/]+$" },
      to: {
        path: "^src/app/screens/[^/]+/",
        dependencyTypesNot: ["dynamic-import"],
      },
    },
    {
      name: "chart-loads-lazily",
      comment: "The first page is usable before its picture comes; types cost nothing.",
      severity: "error",
      from: { path: "^src/app/(?!chart/|screens/world/)" },
      to: { path: "^src/app/chart/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    only("dock", "^src/dock/", [
      "^src/(dock|contracts|engine|runtime)/",
      "^node_modules/(hono|@hono|@electric-sql|@node-rs/argon2|nodemailer|aws4fetch|lru-cache|fast-xml-parser|zod|pg|pg-copy-streams|pino|vite)/",
      "^(node:)?[a-z_/]+$",
    ]),
    only("cli", "^src/cli/", [
      "^src/(cli|library|workflows|client|contracts|engine|reference|runtime|dock)/",
      "^node_modules/(@jsquash|bmp-ts|omggif|pngjs|tsx|zod)/",
      "^node_modules/@types/(omggif|pngjs)/",
      "^(node:)?[a-z_/]+$",
    ]),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // The second is a text that an export carries, to be run elsewhere.
    exclude: { path: "^src/(runtime/assembly/|engine/export/templates/predict[.]mjs)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "svelte", "default"],
      extensions: [".ts", ".svelte.ts", ".svelte", ".js", ".mjs"],
    },
    doNotFollow: { path: "node_modules" },
  },
};
