import { describe, expect, test, vi } from "vitest";
import { type Entry, wireMenu } from "../../discriminator/web/src/menus";
import { click, get, layFilm, press } from "./markup";

function lay(labels: string[], active = -1) {
  const film = layFilm();
  const choose = vi.fn<(label: string) => void>();
  const entries = (): Entry[] =>
    labels.map((label, index) => ({
      label,
      active: index === active,
      choose: () => choose(label),
    }));
  wireMenu(film, "captions", entries, "No captions here");
  const button = get<HTMLButtonElement>(film, '[data-menu="captions"]');
  const menu = get(film, '[data-menu-of="captions"]');
  return { film, button, menu, choose, open: () => click(button) };
}

const focused = () => document.activeElement?.textContent;

test("a press opens the menu, another closes it, and the button says which", () => {
  const { button, menu } = lay(["Off", "English"]);
  expect(menu.hidden).toBe(true);
  click(button);
  expect(menu.hidden).toBe(false);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  click(button);
  expect(menu.hidden).toBe(true);
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

test("entries are radio items, of which the chosen one is checked and has the focus", () => {
  const { menu, open } = lay(["Off", "English", "French"], 1);
  open();
  const items = [...menu.children];
  expect(items.map((item) => item.getAttribute("role"))).toEqual(Array(3).fill("menuitemradio"));
  expect(items.map((item) => item.getAttribute("aria-checked"))).toEqual([
    "false",
    "true",
    "false",
  ]);
  expect(focused()).toBe("English");
});

test("it offers what there is when it is opened", () => {
  const labels = ["Off"];
  const { menu, open } = lay(labels);
  open();
  open();
  labels.push("English");
  open();
  expect(menu.children).toHaveLength(2);
});

describe("in an open menu", () => {
  test.each([
    [["ArrowDown"], "B"],
    [["ArrowDown", "ArrowDown", "ArrowDown"], "A"],
    [["ArrowUp"], "C"],
    [["End"], "C"],
    [["End", "Home"], "A"],
  ])("%j leads to %s", (keys, label) => {
    const { menu, open } = lay(["A", "B", "C"]);
    open();
    for (const key of keys) {
      expect(press(document.activeElement ?? menu, key).defaultPrevented).toBe(true);
    }
    expect(focused()).toBe(label);
  });

  test("Escape closes it and gives the focus back", () => {
    const { button, menu, open } = lay(["A"]);
    open();
    press(document.activeElement ?? menu, "Escape");
    expect(menu.hidden).toBe(true);
    expect(document.activeElement).toBe(button);
  });

  test("its keys are not heard outside", () => {
    const { film, menu, open } = lay(["A"]);
    const heard = vi.fn();
    film.addEventListener("keydown", heard);
    open();
    for (const key of ["ArrowDown", "Escape"]) press(get(menu, "button"), key);
    expect(heard).not.toHaveBeenCalled();
  });

  test("a choice is made once, the menu closed, and the focus given back", () => {
    const { button, menu, choose, open } = lay(["A", "B"]);
    open();
    click(menu.children[1] as HTMLElement);
    expect(choose).toHaveBeenCalledExactlyOnceWith("B");
    expect(menu.hidden).toBe(true);
    expect(document.activeElement).toBe(button);
  });

  test("who leaves by Tab or by pointing elsewhere closes it, and keeps the new focus", () => {
    const { film, menu, open } = lay(["A"]);
    open();
    get(film, '[data-control="play"]').focus();
    expect(menu.hidden).toBe(true);
    expect(document.activeElement).toBe(get(film, '[data-control="play"]'));
  });
});

describe("a menu with nothing to choose", () => {
  test("says so to eyes and ears", () => {
    const { menu, open } = lay([]);
    open();
    expect(menu.textContent).toBe("No captions here");
    expect(get(menu, "[role=menuitem]").getAttribute("aria-disabled")).toBe("true");
    expect(focused()).toBe("No captions here");
  });

  test("is left by Escape as any other", () => {
    const { button, menu, open } = lay([]);
    open();
    press(document.activeElement ?? button, "ArrowDown");
    press(document.activeElement ?? button, "Escape");
    expect(menu.hidden).toBe(true);
    expect(document.activeElement).toBe(button);
  });
});
