import { sketchContract } from "./compute-sketch.suite";

sketchContract();
