/** @file How much is asked for, looked at and compared on the way. */

/** Learnwares that a dock is asked for. */
export const MOST_ASKED = 100;
/** Candidates compared with the rows, and besides of those that others make redundant. */
export const MOST_COMPARED = 40;
export const MOST_SPARE = 10;
/** Without telling the dock anything, all learnwares of an island are fetched if they are no more than these. */
export const FETCH_ALL = 100;
/** Of larger islands, so many of the nearest are looked through for them. */
export const LOOKED_THROUGH = 200;
/** Rows that candidates are compared with; more would not change the order. */
export const MOST_RANKED_ROWS = 10_000;
/** Specifications asked for at once, of which the client of a dock makes one request. */
export const ASKED_AT_ONCE = 50;
