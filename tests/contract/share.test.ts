import { createHash } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Account } from "../../src/client/account/ask-as";
import {
  editLearnware,
  findSubmission,
  listSubmissions,
  removeLearnware,
  submitZip,
  waitForVerdict,
} from "../../src/client/account/submissions";
import { HttpDock } from "../../src/client/dock/http-dock";
import type { Submission } from "../../src/contracts/http/my-api";
import { rkmeAround, island, packageOf, type PackageChange } from "../fixtures/learnwares";
import { sharingDock, type SharingDock } from "../fixtures/sharing-dock";
import { patience } from "../patience";

let dock: SharingDock;
let one: Account;
let other: Account;
let client: HttpDock;
const TIME = patience(120);

beforeAll(async () => {
  dock = await sharingDock();
  one = { origin: dock.url, token: await dock.person("one@people.test") };
  other = { origin: dock.url, token: await dock.person("other@people.test") };
  client = new HttpDock(dock.url);
}, TIME);
afterAll(() => dock.close());

/** A zip that founds the island of houses, or joins it. */
const zipOf = (name: string, change: PackageChange = {}) =>
  packageOf(name, { space: island, ...change });

async function verdictOn(
  account: Account,
  zip: Uint8Array<ArrayBuffer>,
  learnwareId?: string,
): Promise<Submission> {
  const { number } = await submitZip(account, zip, { learnwareId });
  return waitForVerdict(account, number);
}

const refusalIn = ({ checks }: Submission) => checks.find(({ state }) => state === "refused");

describe("what somebody shares", () => {
  test(
    "is verified, found by search, and comes back as it was sent",
    async () => {
      const zip = await zipOf("Prices of houses", { rkme: rkmeAround(1, 0) });
      const submission = await verdictOn(one, zip);
      expect(submission).toMatchObject({ state: "verified", learnwareId: "prices-of-houses" });
      expect(submission.checks.map(({ state }) => state)).not.toContain("refused");
      const found = await client.search({ filter: { text: "houses" } });
      const { id, sha256, sizeBytes } = found.singles[0]!.learnware;
      expect(id).toBe("prices-of-houses");
      const back = await client.packageBytes({ id, sha256, sizeBytes });
      expect(back).toEqual(zip);
      expect(sha256).toBe(createHash("sha256").update(zip).digest("hex"));
    },
    TIME,
  );

  test(
    "is the same learnware under another id, and is refused with the id that it has",
    async () => {
      const zip = await zipOf("Prices of houses", { rkme: rkmeAround(1, 0) });
      for (const account of [one, other]) {
        await expect(submitZip(account, zip, { learnwareId: "another" })).rejects.toMatchObject({
          code: "already_there",
          message: expect.stringContaining("prices-of-houses") as string,
        });
      }
    },
    TIME,
  );

  test(
    "answers as it was until its next version is verified, and for good if that is refused",
    async () => {
      const id = "prices-of-houses";
      const before = await client.learnware(id);
      const broken = await zipOf("Prices of houses", { model: new Uint8Array([1, 2, 3]) });
      const refused = await verdictOn(one, broken, id);
      expect(refused.state).toBe("refused");
      expect(refusalIn(refused)).toMatchObject({ id: "model" });
      expect(await client.learnware(id)).toEqual(before);

      const better = await zipOf("Better prices", { rkme: rkmeAround(1.5, 0) });
      expect(await verdictOn(one, better, id)).toMatchObject({
        state: "verified",
        learnwareId: id,
      });
      expect((await client.learnware(id)).name).toBe("Better prices");
    },
    TIME,
  );

  test(
    "is changed by nobody else, nor taken out, nor replaced, nor seen before it is verified",
    async () => {
      const id = "prices-of-houses";
      const zip = await zipOf("Mine now", { rkme: rkmeAround(3, 0) });
      await expect(submitZip(other, zip, { learnwareId: id })).rejects.toMatchObject({
        code: "already_there",
      });
      await expect(editLearnware(other, id, { name: "Mine" })).rejects.toMatchObject({
        code: "not_allowed",
      });
      await expect(removeLearnware(other, id)).rejects.toMatchObject({ code: "not_allowed" });
      const [mine] = await listSubmissions(one);
      await expect(waitForVerdict(other, mine!.number)).rejects.toMatchObject({
        code: "not_found",
      });
      expect(await listSubmissions(other)).toEqual([]);
      for (const odd of [NaN, 1e300, 0.5, -1]) {
        await expect(findSubmission(one, odd)).rejects.toMatchObject({ code: "not_found" });
      }
    },
    TIME,
  );

  test(
    "gets other words without another model, as a version of its own whose hash is right",
    async () => {
      const id = "prices-of-houses";
      const before = await client.learnware(id);
      const { number } = await editLearnware(one, id, {
        description: "Prices of houses by the sea.",
        licence: "Apache-2.0",
      });
      expect(await waitForVerdict(one, number)).toMatchObject({ state: "verified" });
      const after = await client.learnware(id);
      expect(after).toMatchObject({
        name: before.name,
        description: "Prices of houses by the sea.",
        licence: "Apache-2.0",
      });
      expect(after.sha256).not.toBe(before.sha256);
      const zip = await client.packageBytes(after);
      expect(createHash("sha256").update(zip).digest("hex")).toBe(after.sha256);
    },
    TIME,
  );

  test(
    "that copies somebody else's specification is refused with its id; one's own is not",
    async () => {
      const rkme = rkmeAround(1.5, 0);
      const copy = await zipOf("Quite another", { rkme });
      const refused = await verdictOn(other, copy);
      expect(refusalIn(refused)).toMatchObject({
        id: "island",
        code: "copied",
        details: { copyOf: "prices-of-houses" },
      });
      const again = await zipOf("Quite another of mine", { rkme });
      expect(await verdictOn(one, again)).toMatchObject({ state: "verified" });
    },
    TIME,
  );

  test(
    "is gone when its owner takes it out",
    async () => {
      await removeLearnware(one, "prices-of-houses");
      await expect(client.learnware("prices-of-houses")).rejects.toMatchObject({
        code: "not_found",
      });
    },
    TIME,
  );
});

test("whoever is not logged in, or whose token may only read, hands nothing in", async () => {
  const reader = { origin: dock.url, token: await dock.person("reader@people.test", ["read"]) };
  const zip = await zipOf("Prices");
  await expect(submitZip(reader, zip)).rejects.toMatchObject({ code: "not_allowed" });
  const nobody = { origin: dock.url, token: "berth_nobody" };
  await expect(submitZip(nobody, zip)).rejects.toMatchObject({ code: "not_signed_in" });
});
