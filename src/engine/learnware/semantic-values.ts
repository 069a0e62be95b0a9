/**
 * Allowed values of the semantic specification's closed keys, as the Python package has them;
 * the library `ONNX` is Berth's own addition.
 */
export const semanticValues = {
  Data: ["Table", "Image", "Text"],
  Task: [
    ...["Classification", "Regression", "Feature Extraction", "Segmentation"],
    ...["Object Detection", "Others"],
  ],
  Library: ["Scikit-learn", "PyTorch", "TensorFlow", "ONNX", "Others"],
  Scenario: [
    ...["Business", "Financial", "Health", "Politics", "Computer", "Internet", "Traffic", "Nature"],
    ...["Fashion", "Industry", "Agriculture", "Education", "Entertainment", "Architecture"],
    "Others",
  ],
  License: [
    ...["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0", "GPL-3.0", "LGPL-2.1"],
    ...[
      "LGPL-3.0",
      "AGPL-3.0",
      "ECL-2.0",
      "AFL-3.0",
      "CC-BY-4.0",
      "CC-BY-SA-4.0",
      "CC0-1.0",
      "Others",
    ],
  ],
} as const;

export type Scenario = (typeof semanticValues.Scenario)[number];
