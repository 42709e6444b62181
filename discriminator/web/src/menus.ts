// Menus of the control bar: audio, captions, quality, rate, chapters. One is open at a time.

import { find } from "./parts";

export interface Entry {
  readonly label: string;
  readonly active: boolean;
  /** Whether it goes on and off by itself, beside the others of which one is chosen. */
  readonly apart?: boolean;
  readonly choose: () => void;
}

export type Menu = "audio" | "captions" | "quality" | "rate" | "chapters";

/** Fills a menu whenever it is opened, with what can be chosen just then. */
export function wireMenu(
  film: HTMLElement,
  name: Menu,
  entries: () => Entry[],
  empty: string,
): void {
  const button = find<HTMLButtonElement>(film, `[data-menu="${name}"]`);
  const menu = find(film, `[data-menu-of="${name}"]`);
  const close = (focus: boolean) => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  };
  const open = () => {
    const items = entries().map((entry) => draw(entry, () => close(true)));
    if (!items.length) items.push(nothing(empty));
    menu.replaceChildren(...items);
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    (menu.querySelector<HTMLElement>('[aria-checked="true"]') ?? items[0])?.focus();
  };
  button.addEventListener("click", () => (menu.hidden ? open() : close(true)));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
    else if (!move(menu, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  button.parentElement?.addEventListener("focusout", ({ relatedTarget }) => {
    if (!button.parentElement?.contains(relatedTarget as Node | null)) close(false);
  });
}

function draw({ label, active, apart, choose }: Entry, close: () => void): HTMLElement {
  const item = document.createElement("button");
  item.type = "button";
  item.className = "menu-item";
  item.setAttribute("role", apart ? "menuitemcheckbox" : "menuitemradio");
  item.setAttribute("aria-checked", String(active));
  item.tabIndex = -1;
  item.textContent = label;
  item.addEventListener("click", () => {
    close();
    choose();
  });
  return item;
}

function nothing(text: string): HTMLElement {
  const item = document.createElement("div");
  item.className = "menu-nothing";
  item.setAttribute("role", "menuitem");
  item.setAttribute("aria-disabled", "true");
  item.tabIndex = -1;
  item.textContent = text;
  return item;
}

/** Moves between entries by arrow keys; says whether the key was one of them. */
function move(menu: HTMLElement, key: string): boolean {
  const items = [...menu.querySelectorAll<HTMLElement>(".menu-item")];
  const now = items.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, number> = {
    ArrowDown: now + 1,
    ArrowUp: now - 1,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return false;
  items.at(target % items.length)?.focus();
  return true;
}
