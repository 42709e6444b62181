// Finds the pieces of the film's markup by the names that the templates give them.

class MissingPart extends Error {
  constructor(selector: string) {
    super(`The film's markup lacks ${selector}.`);
  }
}

export function find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new MissingPart(selector);
  return found;
}

/** The element that a template marks with `data-part="name"`. */
export function part<E extends Element = HTMLElement>(root: ParentNode, name: string): E {
  return find<E>(root, `[data-part="${name}"]`);
}

/** Gives a button its spoken name and its tooltip, which are always the same. */
export function label(element: HTMLElement, text: string): void {
  element.setAttribute("aria-label", text);
  element.title = text;
}

/** Shows another icon of the sheet that the page carries. */
export function icon(element: ParentNode, name: string): void {
  find<SVGUseElement>(element, "use").setAttribute("href", `#icon-${name}`);
}
