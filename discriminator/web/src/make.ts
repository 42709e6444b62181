// Elements in one line.

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Makes an element of the page; `true` sets an attribute without a value, `false` leaves it away. */
export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[T] {
  return furnish(document.createElement(tag), attributes, inside);
}

/** Makes an element of a drawing. */
export function draw<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...inside: (Node | string)[]
): SVGElementTagNameMap[T] {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, inside);
}

function furnish<E extends Element>(
  element: E,
  attributes: Attributes,
  inside: (Node | string)[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...inside);
  return element;
}

export function button(label: string, press: () => void, attributes: Attributes = {}) {
  const made = make("button", { type: "button", class: "button small", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

/** A button with an icon of the page's sheet. */
export function iconButton(icon: string, name: string, press: () => void): HTMLButtonElement {
  const made = make("button", {
    type: "button",
    class: "control",
    "aria-label": name,
    title: name,
  });
  made.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#icon-${icon}"/></svg>`;
  made.addEventListener("click", press);
  return made;
}
