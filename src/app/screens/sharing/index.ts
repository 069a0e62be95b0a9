import { fetchOrtWasm } from "../../../client/workers/ort-wasm";
import { PackClient } from "../../../client/workers/sharing/pack-client";
import { ShareClient } from "../../../client/workers/sharing/share-client";
import type { ForScreens, Screen } from "../screen";
import type { ShareWords } from "./english";
import { Packing } from "./pack/packing.svelte";
import { providePage } from "./page";
import { asListed } from "./publish/published";
import { Publishing } from "./publish/publishing.svelte";
import { openReport } from "./report";
import Share from "./Share.svelte";
import { Sharing } from "./sharing.svelte";

/** From a learnware's zip to a learnware of the dock. */
export async function open(page: ForScreens): Promise<Screen> {
  const { clients, settings, router, quay, toShare } = page;
  const { locale } = settings;
  const [account, report, vocabulary] = await Promise.all([
    page.account(),
    openReport(locale),
    locale.vocabulary<ShareWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  const zips = new ShareClient(
    () =>
      new Worker(new URL("../../../../workers/share.worker.ts", import.meta.url), {
        type: "module",
      }),
    fetchOrtWasm,
  );
  const publishing = new Publishing({
    as: (work) => account.signedIn.as(work),
    onLeave: (learnware) => quay.depart("learnware", asListed(learnware), learnware.zip.length),
  });
  const sharing = new Sharing({ zips, dock: clients.dock, onChange: () => publishing.clear() });
  const packer = new PackClient(
    () =>
      new Worker(new URL("../../../../workers/pack.worker.ts", import.meta.url), {
        type: "module",
      }),
    fetchOrtWasm,
    () => clients.key.get(),
  );
  const packing = new Packing({
    packer,
    dock: clients.dock,
    onPacked: ({ zip, preflight }, fileName) =>
      void sharing.open(new Blob([zip]), fileName, preflight),
  });
  return {
    get title() {
      return `${vocabulary.words.title} · ${locale.words.name}`;
    },
    view: Share,
    provide: () => {
      const handed = toShare.take();
      if (handed) void sharing.open(handed.zip, handed.fileName, handed.preflight);
      providePage({ sharing, publishing, packing, account, router, vocabulary, report });
    },
  };
}
