import { expect, test } from "vitest";

import { whyNoTexts } from "../../../../../src/app/screens/predict/match/whole/why-no-texts";
import { read } from "../../../../fixtures/table/read-text";

const TEXT = "The ferry was late and nobody on the quay knew why";

async function whyOf(text: string) {
  return whyNoTexts((await read(text)).profile);
}

test("texts that are all the same, and columns without any, are told from tables", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => i);
  const same = rows.map((i) => `a${i},"${TEXT}"`).join("\n");
  expect(await whyOf(`id,note\n${same}`)).toEqual({ why: "equal", column: "note" });
  const empty = rows.map((i) => `a${i},`).join("\n");
  expect(await whyOf(`id,note\n${empty}`)).toEqual({ why: "empty", column: "note" });
  const codes = rows.map((i) => `a${i},new`).join("\n");
  expect(await whyOf(`id,state\n${codes}`)).toBeNull();
  const texts = rows.map((i) => `a${i},"${TEXT} ${i}"`).join("\n");
  expect(await whyOf(`id,note\n${texts}`)).toBeNull();
});
