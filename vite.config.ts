import { svelte } from "@sveltejs/vite-plugin-svelte";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { findChromium } from "./tests/find-chromium.ts";
import { patience } from "./tests/patience.ts";

// Cross-origin isolation: without it there is no SharedArrayBuffer, so no WASM threads.
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  base: "./", // The app works below any path, as one of a static host's folders.
  plugins: [svelte()],
  // A worker is one file: once it runs, its policy lets it load no further script.
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: false } } },
  build: { target: "esnext", chunkSizeWarningLimit: 1000 },
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
