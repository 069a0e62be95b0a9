import { spawnSync } from "node:child_process";

/** A Python that has onnxruntime: `BERTH_PYTHON`, or `python3`; empty where neither has it. */
export function findPython(): string {
  const programs = [process.env["BERTH_PYTHON"] ?? "", "python3"].filter(Boolean);
  const runs = (program: string) =>
    spawnSync(program, ["-c", "import numpy, onnxruntime"]).status === 0;
  return programs.find(runs) ?? "";
}
