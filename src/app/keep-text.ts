/** Texts that are put back; whoever still goes on then is let be. */
const MOST_UNDONE = 10_000;

/**
 * Undo what translators do to a page although it asks them not to: they put elements in the place of its texts, which
 * would then never change again, nor go away with what they stand in.
 *
 * @param onTranslation - Told when the first text was put back.
 * @returns Ends it.
 */
export function keepText(root: Node, onTranslation: () => void): () => void {
  let undone = 0;
  const observer = new MutationObserver((records) => {
    const replaced = replacedTexts(records);
    for (const font of records.flatMap(({ addedNodes }) => [...addedNodes].filter(isFont))) {
      const text =
        replaced.get(font) ?? document.createTreeWalker(font, NodeFilter.SHOW_TEXT).nextNode();
      if (!text || !font.parentNode) continue;
      (font as ChildNode).replaceWith(text);
      if (undone++ === 0) onTranslation();
    }
    observer.takeRecords(); // What was done here.
    if (undone > MOST_UNDONE) observer.disconnect();
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** By the element that came into its place. */
function replacedTexts(records: readonly MutationRecord[]): Map<Node, Node> {
  const texts = new Map<Node, Node>();
  for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    const text = [...removedNodes].find((node) => node instanceof Text);
    const font = [...addedNodes, previousSibling, nextSibling].find((node) => node && isFont(node));
    if (text && font) texts.set(font, text);
  }
  return texts;
}

/** Nothing of the page's own. */
function isFont(node: Node): boolean {
  return node.nodeName === "FONT";
}
