import type { ErrorDetails } from "../../engine/ground/errors";
import type { EarlyMessages } from "../messages";

/** Failures in English that may come before anything was begun, or that keep words from coming. */
export const englishMessages: EarlyMessages = {
  aborted: null,
  bad_answer: () => ({
    what: "The server sent something that cannot be used.",
    why: "Its answer does not have the form that was agreed on, or is far too long. Nothing is wrong with your data.",
    todo: "Try again later; if it stays so, tell whoever runs this server.",
  }),
  dock_busy: (d) => ({
    what: "The server has too much to do.",
    why: "It answered that it can take no more requests for now.",
    todo: `Try again in ${given(d, "seconds", "some")} seconds. Your data and choices are kept.`,
  }),
  dock_failed: () => ({
    what: "The server failed.",
    why: "It answered that something went wrong there. Nothing is wrong with your data.",
    todo: "Try again later; if it stays so, tell whoever runs this server.",
  }),
  internal: () => ({
    what: "Something went wrong in Berth itself.",
    why: "This is a mistake of ours, not of your data.",
    todo: "Try again. If it stays so, reload the page; your file is untouched.",
  }),
  network_failed: () => ({
    what: "The server could not be reached.",
    why: "The connection failed or was interrupted.",
    todo: "Check your connection and try again. Your data and choices are kept.",
  }),
  not_found: () => ({
    what: "What was asked for is no longer there.",
    why: "The server may have removed it, or your file was moved or changed after you chose it.",
    todo: "Try again. If it was the file, choose it again; otherwise choose another model.",
  }),
  out_of_memory: () => ({
    what: "The browser ran out of memory.",
    why: "The table or the model is larger than this tab can hold.",
    todo: "Close other tabs and try again, or use fewer rows or columns.",
  }),
  timed_out: (d) => ({
    what: "It took too long, so Berth stopped waiting.",
    why:
      d["who"] === "dock"
        ? "The server sent nothing for a while, or too little to wait for the rest."
        : "This computer is busy.",
    todo: "Try again in a moment.",
  }),
  worker_died: () => ({
    what: "A part of Berth that works in the background has stopped.",
    why: "The browser ended it, perhaps because memory was short.",
    todo: "Try again. If it stops again, close other tabs or use fewer rows.",
  }),
};

function given(details: ErrorDetails, name: string, otherwise: string): string {
  return String(details[name] ?? otherwise);
}
