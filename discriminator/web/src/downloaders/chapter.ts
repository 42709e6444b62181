// Chapter 3: six screens that follow the narration, and wait where the viewer is to explore.

import { button, make } from "../make";
import type { Setting } from "../screens";
import type { Stop } from "../signal";
import { readAlbum } from "./album";
import { albumScreen } from "./album-screen";
import { type Call, callScreen, lineAt, readCall } from "./call";
import { Explorer } from "./explorer";
import { readFigures } from "./panels";
import { Pauses } from "./pauses";
import { pilesScreen } from "./piles";
import { rainScreen } from "./rain";
import { fetchData, readRecord } from "./record";
import { pausesOf, type Scene, sceneAt } from "./scenes";
import type { Screen } from "./screen";
import { yearsScreen } from "./years";

export async function open(setting: Setting): Promise<Stop> {
  const { chapter, deck, media, words } = setting;
  const files = ["downloads", "album", "call", "figures"];
  const [downloads, album, call, figures] = await Promise.all(
    files.map((name) => fetchData(`${media}data/${name}.json`)),
  );
  const record = readRecord(downloads);
  const prints = readAlbum(album);
  const said = readCall(call);
  const { cues } = chapter;
  const screens: Record<Scene, Screen> = {
    call: callScreen(said, cues, words),
    album: albumScreen(prints, media, cues, words),
    rain: rainScreen(record.asked.length, cues, words),
    years: yearsScreen(said.names, record.asked, cues, words),
    list: new Explorer(record, readFigures(figures), deck, media, cues, words),
    piles: pilesScreen(prints, media, cues, said.lines, words),
  };
  return new Show(setting, screens, said).close;
}

/** The screens on the stage, one of them seen. */
class Show {
  readonly #setting: Setting;
  readonly #screens: Record<Scene, Screen>;
  readonly #call: Call;
  readonly #pauses: Pauses;
  readonly #said = make("p", { class: "said", "aria-hidden": true });
  readonly #goOn: HTMLButtonElement;
  readonly #closing = new AbortController();
  #shown: Scene | undefined;
  #frame = 0;

  constructor(setting: Setting, screens: Record<Scene, Screen>, call: Call) {
    this.#setting = setting;
    this.#screens = screens;
    this.#call = call;
    const { place, deck, chapter, words } = setting;
    const until = this.#closing.signal;
    this.#pauses = new Pauses(deck, pausesOf(chapter.cues), until);
    const look = { class: "next continue", hidden: true };
    this.#goOn = button(words["continue"] ?? "", () => this.#pauses.goOn(), look);
    place.replaceChildren(
      ...Object.values(screens).map(({ element }) => element),
      this.#said,
      this.#goOn,
    );
    this.#pauses.waiting.listen(() => this.#letGo());
    const { video } = deck;
    for (const event of ["play", "pause"]) {
      video.addEventListener(event, () => this.#letGo(), { signal: until });
    }
    for (const event of ["seeking", "seeked", "timeupdate", "loadedmetadata"]) {
      video.addEventListener(event, () => this.#draw(), { signal: until });
    }
    video.addEventListener("play", () => this.#run(), { signal: until });
    this.#draw();
    this.#run();
  }

  close = (): void => {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    for (const screen of Object.values(this.#screens)) screen.close?.();
    this.#setting.place.replaceChildren();
  };

  /** Draws every frame while the narration plays. */
  #run(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#pauses.look();
      this.#draw();
      if (!this.#setting.deck.video.paused) this.#run();
    });
  }

  #draw(): void {
    const { chapter, deck } = this.#setting;
    const second = deck.video.currentTime;
    const scene = sceneAt(second, chapter.cues);
    if (scene !== this.#shown) this.#change(scene);
    this.#screens[scene].draw(second);
    this.#say(scene, second);
  }

  #change(scene: Scene): void {
    if (this.#shown) this.#screens[this.#shown].leave?.();
    this.#shown = scene;
    this.#setting.place.dataset["scene"] = scene;
    for (const [name, { element }] of Object.entries(this.#screens)) {
      element.toggleAttribute("data-on", name === scene);
      element.inert = name !== scene;
    }
    this.#letGo();
  }

  /** Leaves the screen to the viewer at a pause, and in the list whenever the narration rests. */
  #letGo(): void {
    const { place, deck } = this.#setting;
    const free = this.#pauses.waiting.value || (this.#shown === "list" && deck.video.paused);
    this.#goOn.hidden = !free;
    place.toggleAttribute("data-waiting", free);
  }

  /** What is said stands on the screen for who hears nothing and reads no captions. */
  #say(scene: Scene, second: number): void {
    const { place, deck } = this.#setting;
    const { video, player } = deck;
    const reading = player.captions.some(({ active }) => active);
    place.toggleAttribute("data-reading", reading);
    const silent = video.muted || video.volume === 0;
    const wanted = silent && !reading && scene !== "call" && !video.paused;
    const text = wanted ? (lineAt(this.#call.lines, second)?.text ?? "") : "";
    if (this.#said.textContent !== text) this.#said.textContent = text;
  }
}
