// The film's style in a document that is not the film's own: a notebook.

declare const STYLE: string;

/** Links the style once, however many cells show something of ours. */
export function addStyle(): void {
  const href = new URL(STYLE, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
