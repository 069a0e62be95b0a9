/** An address beside the page's, in full. */
export function absolute(address: string): string {
  return new URL(address, document.baseURI).href;
}
