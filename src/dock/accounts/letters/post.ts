/** What is sent to somebody who may have an account. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The one that it is sent for; null if it only tells something. */
  readonly link: string | null;
}

/** How letters leave the dock. */
export interface Post {
  /** Whether they reach whom they are for; else whoever runs the dock hands links over. */
  readonly reaches: boolean;
  send(letter: Letter): Promise<void>;
}
