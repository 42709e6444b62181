// The film: the viewer's way through it, and everything that the markup shows wired to that way.

import { Bar } from "./bar";
import { Camera } from "./camera";
import { wireChoices } from "./choices";
import { Clip } from "./clip";
import { wireClip } from "./clip-panel";
import { Deck } from "./deck";
import { Descriptions } from "./descriptions";
import { watchIdle } from "./idle";
import { wireIndicator } from "./indicator";
import { BOOTH, Interludes, needsFace } from "./interludes";
import { type AddressBar, Journey } from "./journey";
import { wireKeys } from "./keys";
import { Memory } from "./memory";
import { NextButton } from "./next";
import { drawNobody } from "./nobody";
import { Notices } from "./notices";
import { part } from "./parts";
import { after, nameOf, type Place, readAddress, samePlace, type Visit } from "./places";
import { wirePreview } from "./preview";
import { rateName } from "./rates";
import { countVisit, reportErrors } from "./report";
import { noteProgress, offerToContinue, secondOf } from "./resume";
import { Screens } from "./screens";
import { closable, wireSheets } from "./sheets";
import type { Stop } from "./signal";
import { Sitter } from "./sitter";
import { Sounds } from "./sounds";
import { FADE, Stage } from "./stage";
import { type Chapter, fill, readStory, type Story } from "./story";
import { wireThanks } from "./thanks";
import { Thread } from "./thread";
import { Timeline } from "./timeline";
import { Tracker, type Trouble } from "./tracker";

const SAID_OF = { slow: "tracking_slow", blind: "tracking_blind" } as const;

export class Film {
  readonly thread: Thread;
  readonly clip = new Clip();
  readonly #element: HTMLElement;
  readonly #root: string;
  readonly #story: Story;
  readonly #memory = new Memory();
  readonly #camera: Camera;
  readonly #tracker = new Tracker();
  readonly #interludes: Interludes;
  readonly #notices: Notices;
  readonly #journey: Journey;
  readonly #deck: Deck;
  readonly #descriptions: Descriptions;
  readonly #screens: Screens;
  readonly #stage: Stage;
  readonly #bar: Bar;
  readonly #next: NextButton;
  readonly #timeline: Timeline;
  /** Number of the chapter whose media is loaded. */
  #loaded = 0;
  /** Ends what this film added to the document and the window around it. */
  readonly #closing = new AbortController();
  #stopDrawing: Stop | undefined;

  /**
   * @param element the `.film` element, with the server's markup in it.
   * @param bar where addresses are kept.
   * @param root path below which assets and media lie.
   */
  constructor(element: HTMLElement, bar: AddressBar, root: string) {
    this.#element = element;
    this.#root = root;
    this.#story = readStory(element);
    this.#notices = new Notices(part(element, "notices"), this.#story);
    const until = this.#closing.signal;
    this.thread = new Thread(this.#notices, this.#story, until);
    this.thread.lost.listen(() => this.clip.lose(this.#say("thread")));
    this.#journey = new Journey(bar, this.#story.chapters, until);
    this.#deck = new Deck(element, this.#memory);
    this.#camera = new Camera(this.#memory.get("device"), until);
    this.#interludes = this.#prepareInterludes();

    // In a tab every key is the film's, also while nothing has the focus.
    const attentive = element.classList.contains("in-cell") ? element : document;
    const idle = watchIdle(attentive, until);
    idle.follow((isIdle) => element.toggleAttribute("data-idle", isIdle));
    this.#next = new NextButton(element, idle, () => this.#goOn(), until);
    const orders = {
      next: () => this.#goOn(),
      showKeys: () => this.#showKeys(),
      pace: (by: -1 | 1) => this.#pace(by),
    };
    this.#bar = new Bar(element, this.#deck, orders, idle, this.#story, until);
    const enter = () => this.#enter();
    this.#timeline = new Timeline(element, this.#deck.video, this.#story, enter, until);
    const { video } = this.#deck;
    this.#descriptions = new Descriptions(element, video, this.#memory, `${root}media/`);
    this.#screens = new Screens(element, this.#deck, this.#story, this.#root);
    this.#stage = new Stage(element, this.#journey.visit.value.place, (place) => this.#put(place));

    wireIndicator(element, this.#camera, this.#notices, this.#memory, this.#story);
    wirePreview(element, this.#camera, this.#memory, this.#story, until);
    wireClip(element, this.clip, this.#deck.video, this.#story);
    this.clip.state.listen(() => this.#offerNext());
    wireSheets(element, this.#journey);
    wireThanks(element, this.#memory, until);
    const go = (number: number) => this.#goToChapter(number);
    wireChoices(element, this.#deck, this.#descriptions, this.#story, go);
    wireKeys(attentive, this.#deck, orders, go, until);
    closable(part<HTMLDialogElement>(element, "keys"));
    noteProgress(this.#deck.player, this.#journey, this.#memory, this.#story.chapters);
    reportErrors(this.#story, until);
    this.#tracker.trouble.listen((trouble) => this.#tellOfTracking(trouble));
    this.#wireLinks();
    this.#wireEnd();
    this.#begin();
  }

  /** Lets go of camera and media when a notebook takes the cell away. */
  close(): void {
    this.#closing.abort();
    this.#stopDrawing?.();
    this.#interludes.close();
    this.#tracker.close();
    this.#screens.show(undefined);
    this.#camera.turnOff();
    void this.#deck.player.close();
  }

  get #place(): Place {
    return this.#journey.visit.value.place;
  }

  #prepareInterludes(): Interludes {
    const media = this.#deck.video;
    const nobody = this.#story.nobody ? `${this.#root}media/dist/nobody/looks.mp4` : undefined;
    const sitter = new Sitter(this.#camera, nobody);
    const sounds = new Sounds(`${this.#root}media/sounds/`, media);
    const [tracker, clip, camera] = [this.#tracker, this.clip, this.#camera];
    const hands = { tracker, sitter, sounds, media, clip, camera };
    return new Interludes(this.#element, this.#story, hands);
  }

  #say(name: string): string {
    return this.#story.words[name] ?? name;
  }

  #chapter(place: Place): Chapter | undefined {
    if (!("chapter" in place)) return undefined;
    return this.#story.chapters.find(({ number }) => number === place.chapter);
  }

  // --- arriving -----------------------------------------------------------------------------

  #begin(): void {
    const { visit } = this.#journey;
    if (this.#memory.get("camera")) void this.#camera.turnOn();
    this.#tellTrouble();
    // What the page itself draws is to be looked at first; a stream is to be played.
    const { place } = visit.value;
    this.#bar.open = place.page === "chapter" && !this.#chapter(place)?.screens;
    const second = secondOf(visit.value, this.#memory, this.#story.chapters);
    if (second && visit.value.at === undefined) {
      this.#notices.show("resumed", { text: this.#say("resumed"), seconds: 4 });
    }
    this.#arrive(visit.value, second);
    visit.listen((next) => this.#follow(next));
  }

  #tellTrouble(): void {
    const { trouble } = this.#journey;
    const { route, chapter } = this.#story.lost;
    if (trouble?.kind === "route") this.#notices.show("route", { text: route, seconds: 8 });
    if (trouble?.kind === "chapter") {
      const text = fill(chapter, { number: trouble.asked, instead: trouble.instead });
      this.#notices.show("route", { text, seconds: 8 });
    }
    if (typeof WebAssembly === "undefined") {
      this.#notices.show("wasm", { text: this.#say("wasm"), seconds: 10 });
    }
  }

  #tellOfTracking(trouble: Trouble | undefined): void {
    if (!trouble) this.#notices.hide("tracking");
    else this.#notices.show("tracking", { text: this.#say(SAID_OF[trouble]), seconds: 12 });
  }

  #follow(visit: Visit): void {
    if (visit.sheet) this.#deck.pause();
    if (samePlace(visit.place, this.#stage.wanted)) {
      if (visit.at !== undefined) this.#deck.video.currentTime = visit.at;
      return;
    }
    this.#bar.open = false;
    this.#tracker.rest(2 * FADE);
    void this.#stage.show(visit.place);
    this.#arrive(visit, visit.at ?? 0);
  }

  /** Prepares the media of a place while its page is still fading in. */
  #arrive({ place }: Visit, at: number): void {
    this.#timeline.show(place);
    countVisit(this.#story, nameOf(place));
    const { player, video } = this.#deck;
    const chapter = this.#chapter(place);
    if (!chapter) {
      this.#loaded = 0;
      void player.unload();
      return;
    }
    if (place.page === "cover") {
      this.#deck.pause();
      video.currentTime = 0;
    }
    if (chapter.number === this.#loaded) return;
    this.#loaded = chapter.number;
    // The photo booth offers it by itself.
    if (needsFace(place, chapter) && nameOf(place) !== BOOTH) this.#offerCamera();
    void player.load(`${this.#root}media/dist/${chapter.stream}/`, at);
  }

  /** For a page that answers to a face, and a viewer who goes without a camera. */
  #offerCamera(): void {
    if (this.#camera.wanted.value) return;
    this.#notices.show("camera", { text: this.#say("hint"), seconds: 5 });
  }

  /** Called by the stage between the halves of a page change. */
  #put(place: Place): void {
    const chapter = this.#chapter(place);
    const film = this.#story.titles["film"] ?? "";
    const title = chapter?.title ?? "";
    part(this.#element, "chapter-title").textContent = title;
    this.#bar.show(place);
    part(this.#element, "camera").hidden = place.page === "home";
    this.#camera.need(place.page === "permissions" || needsFace(place, chapter));
    void this.#interludes.show(place, chapter);
    const played = place.page === "chapter" ? chapter : undefined;
    this.#screens.show(played);
    this.#descriptions.show(played);
    if (!this.#element.classList.contains("in-cell")) {
      document.title = title ? `${title} · ${film}` : film;
    }
    const page = chapter
      ? `${fill(this.#say("chapter"), { number: chapter.number })}: ${title}`
      : film;
    part(this.#element, "announcer").textContent = fill(this.#say("announce"), { page });
    this.#stopDrawing?.();
    this.#stopDrawing = undefined;
    if (place.page === "home") {
      offerToContinue(this.#element, this.#memory, this.#root, this.#story.chapters);
      this.#stopDrawing = drawNobody(part<HTMLCanvasElement>(this.#element, "nobody"));
    }
    if (place.page === "cover") this.#offerNext();
    else this.#next.hide();
  }

  /** On a cover; after the photo booth the button says whether the viewer's face goes along. */
  #offerNext(): void {
    const shown = this.#element.dataset["page"];
    if (!shown?.startsWith("cover")) return;
    const { kind } = this.clip.state.value;
    const taken = kind === "making" || kind === "ready";
    const booth = taken ? "next_with_photo" : "next_without_photo";
    this.#next.offer(this.#say(shown === BOOTH ? booth : "next_cover"));
  }

  // --- going on -----------------------------------------------------------------------------

  /** Goes to a place. Playing begins here, inside the viewer's click, or browsers forbid it. */
  #go(visit: Visit): void {
    this.#journey.go(visit);
    if (visit.place.page === "chapter") this.#deck.play();
  }

  /** Goes on to a place, or, after the last, asks whether the viewer wants to help. */
  #goOn(to: Place | undefined = after(this.#place, this.#story.chapters)): void {
    if (to) this.#go({ place: to });
    else this.#journey.open("support");
  }

  /** By its cover, where it has one; also to the first, whose cover is the photo booth. */
  #goToChapter(number: number): void {
    const { visit, trouble } = readAddress(`/chapter/${number}?type=cover`, this.#story.chapters);
    if (!trouble) this.#go(visit);
  }

  /** From a cover into its chapter, when the viewer picks a second of it. */
  #enter(): void {
    const place = this.#place;
    if (place.page !== "cover") return;
    const at = this.#deck.video.currentTime;
    this.#go({ place: { page: "chapter", chapter: place.chapter }, at });
  }

  /** The keys change the rate unseen, so it is said. */
  #pace(by: -1 | 1): void {
    this.#deck.changeRate(by);
    const text = fill(this.#say("rate_now"), { rate: rateName(this.#deck.rate) });
    this.#notices.show("rate", { text, seconds: 2 });
  }

  #showKeys(): void {
    part<HTMLDialogElement>(this.#element, "keys").showModal();
  }

  #wireLinks(): void {
    this.#element.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-go]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(readAddress(link.dataset["go"] ?? "/", this.#story.chapters).visit);
    });
    part(this.#element, "allow").addEventListener("click", () => this.#answer(true));
    part(this.#element, "decline").addEventListener("click", () => this.#answer(false));
  }

  /** With a camera the film begins at its first cover, without one at its first chapter. */
  #answer(camera: boolean): void {
    this.#memory.set("camera", camera);
    if (camera) void this.#camera.turnOn();
    else this.#camera.turnOff();
    const first = this.#story.chapters[0];
    if (camera || !first) this.#goOn();
    else this.#goOn({ page: "chapter", chapter: first.number });
  }

  #wireEnd(): void {
    const { video } = this.#deck;
    // Who seeks to the end while the media rests is there too, but no `ended` says so.
    for (const event of ["ended", "seeked"]) {
      video.addEventListener(event, () => {
        if (this.#place.page !== "chapter" || !video.ended) return;
        const more = after(this.#place, this.#story.chapters);
        this.#next.insist(this.#say(more ? "next_chapter" : "next_end"));
      });
    }
    for (const event of ["play", "seeking"]) {
      video.addEventListener(event, () => {
        if (this.#place.page === "chapter") this.#next.hide();
      });
    }
  }
}
