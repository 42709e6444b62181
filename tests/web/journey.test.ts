import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cellBar, Journey, tabBar } from "../../discriminator/web/src/journey";
import { HOME, nameOf, PERMISSIONS } from "../../discriminator/web/src/places";
import { open, story } from "./markup";

const { chapters } = story();
const begin = (start: string) => {
  const bar = cellBar(start);
  return { bar, journey: new Journey(bar, chapters, open) };
};

describe("a journey", () => {
  test("begins where the address says, and tells what could not be taken as written", () => {
    const { bar, journey } = begin("/chapter/9");
    expect(nameOf(journey.visit.value.place)).toBe("chapter-1");
    expect(journey.trouble).toEqual({ kind: "chapter", asked: "9", instead: 1 });
    expect(bar.read()).toBe("/chapter/1?type=chapter");
    expect(bar.pushed).toBe(false);
  });

  test("goes to a place, writes its address, and comes back", () => {
    const { bar, journey } = begin("/");
    journey.go({ place: PERMISSIONS });
    expect(bar.read()).toBe("/permissions");
    bar.back();
    expect(journey.visit.value.place).toEqual(HOME);
  });

  test("going where one is adds no step back", () => {
    const { bar, journey } = begin("/");
    journey.go({ place: HOME });
    expect(bar.pushed).toBe(false);
  });

  test("a second is spent on arriving: coming back to the place does not bring it again", () => {
    const { bar, journey } = begin("/chapter/1?type=chapter&t=75");
    expect(journey.visit.value.at).toBe(75);
    journey.open("about");
    journey.close();
    expect(journey.visit.value).toEqual({ place: { page: "chapter", chapter: 1 } });
    expect(bar.read()).toBe("/chapter/1?type=chapter");
  });

  test("going to a second writes the place alone", () => {
    const { bar, journey } = begin("/");
    journey.go({ place: { page: "chapter", chapter: 3 }, at: 42 });
    expect(journey.visit.value.at).toBe(42);
    expect(bar.read()).toBe("/chapter/3?type=chapter");
  });

  test("a sheet that was opened in the film is closed by a step back", () => {
    const { bar, journey } = begin("/permissions");
    const back = vi.spyOn(bar, "back");
    journey.open("privacy");
    expect(bar.read()).toBe("/permissions?modal=privacy");
    journey.close();
    expect(back).toHaveBeenCalledOnce();
    expect(journey.visit.value).toEqual({ place: PERMISSIONS });
  });

  test("a sheet that the address opened is closed in its place", () => {
    const { bar, journey } = begin("/permissions?modal=privacy");
    const back = vi.spyOn(bar, "back");
    journey.close();
    expect(back).not.toHaveBeenCalled();
    expect(bar.read()).toBe("/permissions");
    expect(journey.visit.value).toEqual({ place: PERMISSIONS });
  });

  test("closing where no sheet is changes nothing", () => {
    const { bar, journey } = begin("/");
    journey.go({ place: PERMISSIONS });
    journey.close();
    expect(bar.read()).toBe("/permissions");
  });
});

describe("the bar of a tab", () => {
  beforeEach(() => history.replaceState(null, "", "/user/x/home"));
  afterEach(() => history.replaceState(null, "", "/"));

  test("reads and writes addresses below the film's root", () => {
    const bar = tabBar("/user/x/");
    expect(bar.read()).toBe("/home");
    bar.write("/chapter/1?type=chapter", "push");
    expect(location.pathname + location.search).toBe("/user/x/chapter/1?type=chapter");
    expect(bar.read()).toBe("/chapter/1?type=chapter");
  });

  test("knows whether its entry was pushed by the film, also after a reload", () => {
    const bar = tabBar("/user/x/");
    expect(bar.pushed).toBe(false);
    bar.write("/permissions", "push");
    expect(bar.pushed).toBe(true);
    bar.write("/permissions?modal=about", "replace");
    expect(tabBar("/user/x/").pushed).toBe(true);
  });

  test("another script's state is nobody's push", () => {
    history.replaceState("foreign", "", "/user/x/");
    expect(tabBar("/user/x/").pushed).toBe(false);
  });

  test("Back and Forward of the browser are followed until the film is closed", () => {
    const closing = new AbortController();
    const journey = new Journey(tabBar("/user/x/"), chapters, closing.signal);
    history.replaceState(null, "", "/user/x/permissions");
    window.dispatchEvent(new PopStateEvent("popstate"));
    expect(journey.visit.value.place).toEqual(PERMISSIONS);
    closing.abort();
    history.replaceState(null, "", "/user/x/");
    window.dispatchEvent(new PopStateEvent("popstate"));
    expect(journey.visit.value.place).toEqual(PERMISSIONS);
  });
});

test("a notebook's bar stays at its beginning when there is nothing to go back to", () => {
  const bar = cellBar("/home");
  bar.back();
  expect(bar.read()).toBe("/home");
});
