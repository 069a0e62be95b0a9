const TOKENS = {
  sea: "--sea-0",
  far: "--sea-1",
  deep: "--sea-2",
  shallow: "--sea-3",
  isobath: "--isobath",
  coast: "--land",
  hill: "--land-2",
  peak: "--land-3",
  shore: "--coast",
  dot: "--sounding",
  water: "--water-name",
  ink: "--ink",
  faint: "--ink-3",
  surface: "--surface",
  accent: "--accent",
} as const;

/** Colours and faces of the theme, as a canvas takes them. */
export type Palette = Readonly<Record<keyof typeof TOKENS, string>> & {
  readonly serif: string;
  readonly sans: string;
};

/** The tokens as they are now: custom properties keep `light-dark()` as it is written, a colour in use does not. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const style = getComputedStyle(probe);
  const colours = Object.fromEntries(
    Object.entries(TOKENS).map(([name, token]) => {
      probe.style.color = `var(${token})`;
      return [name, style.color];
    }),
  ) as Record<keyof typeof TOKENS, string>;
  const face = (token: string): string => {
    probe.style.fontFamily = `var(${token})`;
    return style.fontFamily;
  };
  const palette = { ...colours, serif: face("--serif"), sans: face("--sans") };
  probe.remove();
  return palette;
}

/** Tells when the theme may have changed. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", changed);
  };
}
