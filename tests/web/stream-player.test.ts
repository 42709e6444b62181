import { beforeEach, expect, test, vi } from "vitest";
import widget from "../../discriminator/web/src/stream-player";
import { get } from "./markup";
import { wind } from "./reel";
import { Engine } from "./shaka";

vi.mock("../../discriminator/web/src/style", () => ({ addStyle: () => undefined }));
vi.mock("media-chrome", () => ({}));
vi.mock("shaka-player", async () => ({ default: (await import("./shaka")).library }));

const settled = () => new Promise((done) => setTimeout(done));

/** What browsers have by the name of `Option`. */
function makeOption(text: string, value: string, _: boolean, selected: boolean): HTMLOptionElement {
  return Object.assign(document.createElement("option"), { textContent: text, value, selected });
}

/** The player as a notebook shows it, and what its Python hears. */
async function show(cues: Record<string, number> = {}) {
  const traits = { source: "media/dist/one/", time: 0, cues };
  const heard: string[] = [];
  const model = {
    get: (name: keyof typeof traits) => traits[name] as never,
    set: () => undefined,
    save_changes: () => undefined,
    send: ({ cue }: { cue: string }) => heard.push(cue),
    on: () => undefined,
    off: () => undefined,
  };
  const el = document.createElement("div");
  widget.render({ model, el });
  const video = get<HTMLVideoElement>(el, "video");
  const reel = wind(video, 200);
  await settled();
  video.dispatchEvent(new Event("loadedmetadata"));
  Engine.only.last.finish();
  await settled();
  return { el, heard, reel, video };
}

beforeEach(() => {
  Engine.made = [];
  vi.stubGlobal("MediaSource", class {});
  vi.stubGlobal("Option", makeOption);
});

test("a cue is told when it is passed, one at the beginning as the playing begins", async () => {
  const { heard, reel, video } = await show({ first: 0, second: 2, far: 100 });
  video.dispatchEvent(new Event("timeupdate"));
  expect(heard).toEqual([]);
  reel.runTo(0.3);
  expect(heard).toEqual(["first"]);
  reel.runTo(2);
  reel.runTo(2.3);
  expect(heard).toEqual(["first", "second"]);
  video.currentTime = 150;
  video.currentTime = 0;
  expect(heard).toEqual(["first", "second"]);
  reel.runTo(0.3);
  expect(heard).toEqual(["first", "second", "first"]);
});

test("a stream's second sound can be chosen, and nothing is offered where there is none", async () => {
  const { el } = await show();
  const audio = get<HTMLSelectElement>(el, '[data-choice="audio"]');
  expect(audio.hidden).toBe(true);
  const sounds = [
    { language: "de", label: "Deutsch" },
    { language: "fr", label: "Français" },
  ];
  Engine.only.variants = sounds.map((sound, n) => ({ ...sound, height: 720, active: n === 0 }));
  Engine.only.dispatchEvent(new Event("trackschanged"));
  expect(audio.hidden).toBe(false);
  expect([...audio.options].map(({ textContent, selected }) => [textContent, selected])).toEqual([
    ["Deutsch", true],
    ["Français", false],
  ]);
  audio.value = audio.options[1]?.value ?? "";
  audio.dispatchEvent(new Event("change"));
  expect(Engine.only.variants.map(({ active }) => active)).toEqual([false, true]);
});
