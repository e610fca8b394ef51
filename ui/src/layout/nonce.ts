/**
 * The content policy lets only styles with the page's nonce through. antd hands the nonce to its own styles, but the
 * helpers with which it measures scroll bars and locks scrolling behind a dialog forget it; they get it here.
 */

/** The nonce the host gave the page's own inline style; absent where there is no content policy. */
export const nonce: string | undefined = document.querySelector("style")?.nonce;

type Create = (name: string, options?: ElementCreationOptions) => HTMLElement;

if (nonce) {
  const page: { createElement: Create } = document;
  const plain = page.createElement.bind(document);
  page.createElement = (name, options) => {
    const element = plain(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
