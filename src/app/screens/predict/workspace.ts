/** @file What is fetched only when a table comes. */

export { default as WhatLeft } from "./find/leaves/WhatLeft.svelte";
export { default as Workspace } from "./Workspace.svelte";
