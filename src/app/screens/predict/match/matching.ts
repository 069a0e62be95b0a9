/** @file What matches columns by their names, with what it knows of words: fetched when there are columns. */

export { joinValues, rematch } from "../../../../engine/kinds/table/match/match";
export { detectAnswers } from "../choose/answers";
