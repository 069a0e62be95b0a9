/** @file `npm run icons`: draws the icons of the installed page from `public/icon.svg`. */

import { readFileSync } from "node:fs";

import { chromium } from "playwright";

import { findChromium } from "./find-chromium";

const svg = readFileSync("public/icon.svg", "utf8");
// To the edges, because a system cuts its own corners; the mark lies within the middle 80 %.
const drawn = svg.replace('rx="7"', "");
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const size of [192, 512]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${drawn}`,
  );
  await page.screenshot({ path: `public/icon-${size}.png` });
}
await browser.close();
