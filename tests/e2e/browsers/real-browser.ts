import { patience } from "../../patience";

/** What a test does in a browser that it drives from outside. Elements are named by XPath. */
export interface RealBrowser {
  open(address: string): Promise<void>;
  /** Click as soon as it is there and takes clicks. */
  click(element: string): Promise<void>;
  /** The visible text, as soon as it is there. */
  text(element: string): Promise<string>;
  /** In the file input of the page. */
  chooseFile(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface Launch {
  /** Everything that the browser asks for goes through the proxy at this port. */
  readonly proxyPort: number;
  /** Where downloads land; empty. */
  readonly folder: string;
}

/** Longest wait for an element. */
export const patienceMs = patience(60);
