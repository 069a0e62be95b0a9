/** Whether this page was loaded again, or come back to, rather than opened. */
export function cameBack(): boolean {
  return performance
    .getEntriesByType("navigation")
    .some((entry) => "type" in entry && entry.type !== "navigate");
}
