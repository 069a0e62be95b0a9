/** How many numbers a sketch has: 256 frequencies, a cosine and a sine of each. */
export const SKETCH_LENGTH = 512;
