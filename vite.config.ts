import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { playwright } from "@vitest/browser-playwright";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { findChromium } from "./tests/find-chromium.ts";
import { patience } from "./tests/patience.ts";

// Cross-origin isolation: without it there is no SharedArrayBuffer, so no WASM threads.
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Files above this, and models, are fetched when they are first needed, also by those who want everything at hand. */
const LARGE_BYTES = 1_000_000;
/** What of `public/` is not the page: its operator may change it, a dock begins with it, and has the books of texts. */
const notOfPage = /^(operator\/|starter\/)|text-\w+\.book\.npy$/;
/** What is fetched when it is first needed, however small. */
const whenNeeded = /^embedders\/|\.onnx$/;

/** Writes the service worker to the root of the build, with the list of its files. */
function offline(): Plugin {
  return {
    name: "berth-offline",
    apply: "build",
    enforce: "post",
    async generateBundle(_, bundle) {
      const sizes = new Map<string, number>();
      const hash = createHash("sha256");
      const add = (path: string, bytes: Uint8Array): void => {
        sizes.set(path, bytes.length);
        hash.update(path).update(bytes);
      };
      for (const path of readdirSync("public", { recursive: true, encoding: "utf8" }).sort()) {
        if (notOfPage.test(path) || !statSync(join("public", path)).isFile()) continue;
        add(path, readFileSync(join("public", path)));
      }
      for (const [path, file] of Object.entries(bundle)) {
        if (path.endsWith(".map")) continue;
        add(path, Buffer.from(file.type === "chunk" ? file.code : file.source));
      }
      const isLarge = (path: string) =>
        (sizes.get(path) ?? 0) > LARGE_BYTES || whenNeeded.test(path);
      const files = [...sizes.keys()];
      const output = await build({
        configFile: false,
        logLevel: "error",
        publicDir: false,
        define: {
          FILES: JSON.stringify(files.filter((path) => !isLarge(path))),
          LARGE: JSON.stringify(files.filter(isLarge)),
          VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)),
        },
        build: {
          write: false,
          target: "esnext",
          rolldownOptions: { input: "workers/offline.worker.ts", output: { format: "iife" } },
        },
      });
      const chunk = [output].flat().flatMap((made) => ("output" in made ? made.output : []))[0];
      if (chunk?.type !== "chunk") throw new Error("the service worker was not built");
      this.emitFile({ type: "asset", fileName: "sw.js", source: chunk.code });
    },
  };
}

/** What every first load needs, in one file: a hundred bytes each by themselves, they would compress badly. */
const FIRST = new RegExp(
  `/src/(${[
    "contracts/(outcome|wire/(read-chart|wire-rkme))",
    "engine/(ground/(bytes|errors|finish|in-turn|plain-text)|kinds/space|specification/(coarse-count|comparable))",
    "client/(dock/(ask|charts|status-problem)|storage/sha256|workers/(fatal|guards|ort-wasm))",
    "runtime/threads/(lasting-thread|thread|worker-thread)",
    "app/(messages|problem|ScreenView|words/(format|locale|vocabulary)|components/(ErrorBox|Progress|latest-job|time-left))",
  ].join(
    "|",
  )})\\.|/comlink/|svelte/src/(reactivity/|internal/disclose)|preload-helper|\\.wasm\\?url$`,
);

export default defineConfig({
  base: "./", // The app works below any path, as one of a static host's folders.
  plugins: [svelte(), offline()],
  // A worker is one file: once it runs, its policy lets it load no further script.
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: false } } },
  build: {
    target: "esnext",
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false }, // Every browser that runs this page does it by itself.
    rolldownOptions: {
      // The names of all are in the first load.
      output: {
        chunkFileNames: "assets/[hash:7].js",
        codeSplitting: { groups: [{ name: "first", test: FIRST }] },
        assetFileNames: ({ names }) =>
          `assets/${names.some((name) => name.endsWith(".css")) ? "" : "[name]-"}[hash:7][extname]`,
      },
    },
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  optimizeDeps: {
    exclude: ["onnxruntime-web"],
    include: [
      "@noble/hashes/hmac.js",
      "@noble/hashes/sha2.js",
      "@tensorflow/tfjs-backend-cpu",
      "@tensorflow/tfjs-backend-webgpu",
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops",
      "@tensorflow/tfjs-core/dist/register_all_gradients",
      "comlink",
      "jszip",
      "lru-cache",
      "papaparse",
      "protobufjs/minimal.js",
      "yaml",
      "zod",
    ],
  },
  test: {
    // Commands describe rows by the same secret everywhere, and leave the machine's own alone.
    env: { BERTH_SECRET_FILE: "tests/fixtures/secret.txt" },
    maxWorkers: 2, // On two cores one is kept free otherwise.
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.svelte.ts"],
          isolate: false, // A process for each of 250 files costs a third of the time; who changes a global puts it back.
          testTimeout: patience(120),
          hookTimeout: patience(120),
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          environment: "node",
          include: ["tests/contract/**/*.test.ts"],
          globalSetup: "tests/postgres/global-setup.ts",
          testTimeout: patience(120),
          hookTimeout: patience(120),
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          environment: "node",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: "tests/postgres/global-setup.ts", // Where PostgreSQL is made first, no test waits for it.
          testTimeout: patience(300),
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: patience(120),
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium(),
                args: [
                  "--headless=new",
                  "--enable-unsafe-webgpu",
                  "--use-webgpu-adapter=swiftshader",
                  "--no-sandbox",
                ],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
