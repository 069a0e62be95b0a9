/** A time as ISO 8601 writes it, to the microsecond, where a column may be null. */
export function inUtc(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
