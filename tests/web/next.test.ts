import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { NextButton, PATIENCE } from "../../discriminator/web/src/next";
import { Signal } from "../../discriminator/web/src/signal";
import { click, get, layFilm, open, piece } from "./markup";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function lay(until: AbortSignal = open) {
  const film = layFilm();
  const idle = new Signal(false);
  const next = vi.fn();
  const button = piece<HTMLButtonElement>(film, "next");
  return { film, idle, next, button, lead: new NextButton(film, idle, next, until) };
}

const waited = ({ style }: HTMLElement) => Number(style.getPropertyValue("--waited"));

test("it is hidden until something offers it", () => {
  const { button, lead } = lay();
  expect(button.hidden).toBe(true);
  lead.offer("Start chapter");
  expect(button.hidden).toBe(false);
  expect(button.textContent?.trim()).toBe("Start chapter");
  lead.hide();
  expect(button.hidden).toBe(true);
});

test("a press leads on", () => {
  const { button, next, lead } = lay();
  lead.offer("Start chapter");
  click(button);
  expect(next).toHaveBeenCalledOnce();
});

test("on a cover it is wide, and waits for ever", () => {
  const { button, idle, next, lead } = lay();
  lead.offer("Start chapter");
  idle.value = true;
  vi.advanceTimersByTime(60_000);
  expect(button.dataset["width"]).toBe("wide");
  expect(next).not.toHaveBeenCalled();
});

describe("after a chapter", () => {
  test("it is narrow, and does nothing while the viewer is there", () => {
    const { button, next, lead } = lay();
    lead.insist("Next chapter");
    vi.advanceTimersByTime(60_000);
    expect(button.dataset["width"]).toBe("narrow");
    expect(next).not.toHaveBeenCalled();
  });

  test("an idle viewer is taken along after six seconds, once", () => {
    expect(PATIENCE).toBe(6);
    const { idle, next, lead } = lay();
    lead.insist("Next chapter");
    idle.value = true;
    vi.advanceTimersByTime(5999);
    expect(next).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(next).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(next).toHaveBeenCalledOnce();
  });

  test("who was idle at the end already is counted from there", () => {
    const { idle, next, lead } = lay();
    idle.value = true;
    lead.insist("Next chapter");
    vi.advanceTimersByTime(6000);
    expect(next).toHaveBeenCalledOnce();
  });

  test("it fills by a fifth each second, and widens at the second", () => {
    const { button, idle, lead } = lay();
    lead.insist("Next chapter");
    idle.value = true;
    const seen = [0, 1, 2, 3, 4, 5].map((second) => {
      if (second) vi.advanceTimersByTime(1000);
      return [waited(button), button.dataset["width"]];
    });
    expect(seen).toEqual([
      [0, "narrow"],
      [0.2, "narrow"],
      [0.4, "wide"],
      [0.6, "wide"],
      [0.8, "wide"],
      [1, "wide"],
    ]);
  });

  test("any activity begins the count anew", () => {
    const { button, idle, next, lead } = lay();
    lead.insist("Next chapter");
    idle.value = true;
    vi.advanceTimersByTime(5000);
    idle.value = false;
    expect(waited(button)).toBe(0);
    vi.advanceTimersByTime(60_000);
    idle.value = true;
    vi.advanceTimersByTime(5999);
    expect(next).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(next).toHaveBeenCalledOnce();
  });

  test("a count that ran does not go on over the cover that follows", () => {
    const { idle, next, lead } = lay();
    lead.insist("Next chapter");
    idle.value = true;
    vi.advanceTimersByTime(3000);
    lead.offer("Start chapter");
    vi.advanceTimersByTime(60_000);
    expect(next).not.toHaveBeenCalled();
  });

  test("nobody is taken away from a sheet", () => {
    const { film, idle, next, lead } = lay();
    lead.insist("Next chapter");
    idle.value = true;
    const sheet = get<HTMLDialogElement>(film, '[data-sheet-of="about"]');
    sheet.showModal();
    vi.advanceTimersByTime(60_000);
    expect(next).not.toHaveBeenCalled();
    sheet.close();
    vi.advanceTimersByTime(6000);
    expect(next).toHaveBeenCalledOnce();
  });
});

test("a film that is closed counts no more", () => {
  const closing = new AbortController();
  const { idle, lead } = lay(closing.signal);
  lead.insist("Next chapter");
  idle.value = true;
  closing.abort();
  expect(vi.getTimerCount()).toBe(0);
});
