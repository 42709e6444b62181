// The film: everything that the markup shows, wired together. Each piece is a module of its own.

import { Bar, type Deck } from "./bar";
import { Camera } from "./camera";
import { watchIdle } from "./idle";
import { wireIndicator } from "./indicator";
import { type AddressBar, Journey } from "./journey";
import { wireKeys } from "./keys";
import { Memory } from "./memory";
import { wireMenu } from "./menus";
import { NextButton } from "./next";
import { Notices } from "./notices";
import { find, part } from "./parts";
import { addressOf, after, nameOf, type Place, readAddress, samePlace, type Visit } from "./places";
import { Player } from "./player";
import { countVisit, reportErrors } from "./report";
import { closable, wireSheets } from "./sheets";
import { Stage } from "./stage";
import { type Chapter, fill, readStory, type Story } from "./story";
import { wireThanks } from "./thanks";
import { Thread } from "./thread";
import { Timeline } from "./timeline";

/** Seconds of media between two notes of where the viewer is. */
const NOTE_EVERY = 5;

export class Film {
  readonly thread: Thread;
  readonly #element: HTMLElement;
  readonly #root: string;
  readonly #story: Story;
  readonly #memory = new Memory();
  readonly #camera = new Camera();
  readonly #notices: Notices;
  readonly #journey: Journey;
  readonly #player: Player;
  readonly #stage: Stage;
  readonly #bar: Bar;
  readonly #next: NextButton;
  readonly #timeline: Timeline;
  #loaded = 0;
  #noted = 0;

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
    this.thread = new Thread(this.#notices, this.#story);
    this.#journey = new Journey(bar, this.#story.chapters);
    this.#player = new Player(part(element, "screen"), part(element, "captions"));

    const idle = watchIdle(element);
    const deck = this.#deck();
    this.#bar = new Bar(element, deck, idle, this.#story);
    this.#next = new NextButton(element, idle, () => this.#goOn());
    this.#timeline = new Timeline(element, this.#player.video, this.#story, () => this.#enter());
    this.#stage = new Stage(element, this.#journey.visit.value.place, (place) => this.#put(place));

    idle.follow((isIdle) => element.toggleAttribute("data-idle", isIdle));
    wireIndicator(element, this.#camera, this.#notices, this.#memory, this.#story);
    wireSheets(element, this.#journey);
    wireThanks(element, this.#memory);
    wireKeys(element.classList.contains("in-cell") ? element : document, deck, (number) =>
      this.#goToChapter(number),
    );
    this.#wireMenus();
    this.#wireLinks();
    this.#wirePlayer();
    this.#wireHome();
    reportErrors(this.#story);
    this.#begin();
  }

  /** Lets go of camera and media when a notebook takes the cell away. */
  close(): void {
    this.#camera.turnOff();
    void this.#player.unload();
  }

  #say(name: string): string {
    return this.#story.words[name] ?? name;
  }

  get #place(): Place {
    return this.#journey.visit.value.place;
  }

  get #chapter(): Chapter | undefined {
    const place = this.#place;
    return "chapter" in place
      ? this.#story.chapters.find(({ number }) => number === place.chapter)
      : undefined;
  }

  // --- arriving -----------------------------------------------------------------------------

  #begin(): void {
    const { visit, trouble } = this.#journey;
    if (trouble?.kind === "route") this.#notices.show("route", { text: this.#story.lost.route, seconds: 8 });
    if (trouble?.kind === "chapter") {
      const text = fill(this.#story.lost.chapter, { number: trouble.asked, instead: trouble.instead });
      this.#notices.show("route", { text, seconds: 8 });
    }
    if (typeof WebAssembly === "undefined") {
      this.#notices.show("wasm", { text: this.#say("wasm"), seconds: 10 });
    }
    this.#bar.open = true;
    this.#arrive(visit.value, this.#resumeAt(visit.value));
    visit.listen((next) => this.#follow(next));
    if (this.#memory.get("camera") && this.#chapter?.camera) void this.#camera.turnOn();
  }

  /** A reload continues where the viewer was; an address with a time is obeyed instead. */
  #resumeAt({ place, at }: Visit): number {
    const kept = this.#memory.get("place");
    if (at !== undefined || !kept || place.page !== "chapter") return at ?? 0;
    if (!samePlace(readAddress(kept.address, this.#story.chapters).visit.place, place)) return 0;
    if (kept.at < NOTE_EVERY) return 0;
    this.#notices.show("resumed", { text: this.#say("resumed"), seconds: 4 });
    return kept.at;
  }

  #follow(visit: Visit): void {
    if (visit.sheet) this.#player.video.pause();
    if (this.#element.dataset["page"] === nameOf(visit.place)) {
      if (visit.at !== undefined) this.#player.video.currentTime = visit.at;
      return;
    }
    this.#bar.open = false;
    void this.#stage.show(visit.place);
    this.#arrive(visit, visit.at ?? 0);
  }

  /** Prepares the media of a place while its page is still fading in. */
  #arrive({ place }: Visit, at: number): void {
    this.#timeline.show(place);
    countVisit(this.#story, nameOf(place));
    if (!("chapter" in place)) {
      this.#loaded = 0;
      void this.#player.unload();
      return;
    }
    if (place.page === "cover") this.#player.video.pause();
    if (place.chapter === this.#loaded && at === 0) this.#player.video.currentTime = 0;
    if (place.chapter !== this.#loaded) this.#load(place.chapter, at);
  }

  #load(number: number, at: number): void {
    this.#loaded = number;
    const chapter = this.#story.chapters.find((one) => one.number === number);
    if (chapter) void this.#player.load(`${this.#root}media/dist/${chapter.stream}/`, at);
  }

  /** Called by the stage between the halves of a page change. */
  #put(place: Place): void {
    const chapter = "chapter" in place ? place.chapter : 0;
    const title = this.#story.chapters.find(({ number }) => number === chapter)?.title;
    part(this.#element, "chapter-title").textContent = title ?? "";
    part(this.#element, "bar").hidden = !chapter;
    part(this.#element, "camera").hidden = place.page === "home";
    const film = this.#story.titles["film"] ?? "";
    const page = title ? `${this.#say("chapter").replace("{number}", String(chapter))}: ${title}` : film;
    if (!this.#element.classList.contains("in-cell")) {
      document.title = title ? `${title} · ${film}` : film;
    }
    part(this.#element, "announcer").textContent = fill(this.#say("announce"), { page });
    if (place.page === "cover") this.#next.offer(this.#say("next_cover"));
    else this.#next.hide();
  }

  // --- going on -----------------------------------------------------------------------------

  /** Leaves for the next place. Playing begins here, inside the click, or browsers forbid it. */
  #goOn(): void {
    const next = after(this.#place, this.#story.chapters);
    if (!next) {
      this.#journey.open("support");
      return;
    }
    this.#journey.go({ place: next });
    if (next.page === "chapter") this.#play();
  }

  #goToChapter(number: number): void {
    const { visit, trouble } = readAddress(`/chapter/${number}`, this.#story.chapters);
    if (trouble) return;
    this.#journey.go(visit);
    if (visit.place.page === "chapter") this.#play();
  }

  /** From a cover into its chapter, when the viewer picks a second of it. */
  #enter(): void {
    const place = this.#place;
    if (place.page !== "cover") return;
    this.#journey.go({
      place: { page: "chapter", chapter: place.chapter },
      at: this.#player.video.currentTime,
    });
    this.#play();
  }

  #play(): void {
    // A browser may still refuse; then the Play button is there.
    void this.#player.video.play().catch(() => undefined);
  }

  #wireLinks(): void {
    this.#element.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-go]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { visit } = readAddress(link.dataset["go"] ?? "/", this.#story.chapters);
      this.#journey.go(visit);
      if (visit.place.page === "chapter") this.#play();
    });
    part(this.#element, "allow").addEventListener("click", () => this.#answer(true));
    part(this.#element, "decline").addEventListener("click", () => this.#answer(false));
  }

  /** With a camera the film begins at its first cover, without one at its first chapter. */
  #answer(camera: boolean): void {
    this.#memory.set("camera", camera);
    if (camera) void this.#camera.turnOn();
    else this.#camera.turnOff();
    const places = [after(this.#place, this.#story.chapters)];
    const first = this.#story.chapters[0];
    if (!camera && first) places[0] = { page: "chapter", chapter: first.number };
    if (!places[0]) {
      this.#journey.open("support");
      return;
    }
    this.#journey.go({ place: places[0] });
    if (places[0].page === "chapter") this.#play();
  }

  #wireHome(): void {
    const kept = this.#memory.get("place");
    const again = part<HTMLAnchorElement>(this.#element, "again");
    if (!kept) return;
    const address = addressOf({
      ...readAddress(kept.address, this.#story.chapters).visit,
      at: kept.at,
    });
    again.hidden = false;
    again.dataset["go"] = address;
    again.href = this.#root.replace(/\/$/, "") + address;
  }

  // --- media --------------------------------------------------------------------------------

  #deck(): Deck {
    const { video } = this.#player;
    return {
      video,
      playing: () => this.#place.page === "chapter",
      togglePlay: () => {
        if (video.paused) this.#play();
        else video.pause();
      },
      toggleMute: () => {
        video.muted = !video.muted;
      },
      seekBy: (seconds) => {
        video.currentTime = Math.min(Math.max(video.currentTime + seconds, 0), video.duration || 0);
      },
      setVolume: (volume) => {
        video.volume = Math.min(Math.max(volume, 0), 1);
        video.muted = video.volume === 0;
      },
      toggleCaptions: () => this.#toggleCaptions(),
      toggleFullscreen: () => {
        if (document.fullscreenElement) void document.exitFullscreen();
        else void this.#element.requestFullscreen?.();
      },
      next: () => this.#goOn(),
      showKeys: () => part<HTMLDialogElement>(this.#element, "keys").showModal(),
    };
  }

  #wirePlayer(): void {
    const { video } = this.#player;
    video.volume = this.#memory.get("volume");
    video.muted = this.#memory.get("muted");
    this.#player.showCaptions(this.#memory.get("captions"));

    const busy = part(this.#element, "busy");
    const wait = (waiting: boolean) => () => {
      busy.hidden = !waiting;
    };
    for (const event of ["waiting", "seeking", "loadstart"]) video.addEventListener(event, wait(true));
    for (const event of ["playing", "canplay", "seeked", "emptied"]) {
      video.addEventListener(event, wait(false));
    }
    video.addEventListener("volumechange", () => {
      this.#memory.set("volume", video.volume);
      this.#memory.set("muted", video.muted);
    });
    for (const event of ["timeupdate", "pause", "seeked"]) {
      video.addEventListener(event, () => this.#note(event !== "timeupdate"));
    }
    video.addEventListener("ended", () => this.#end());
    for (const event of ["play", "seeking"]) video.addEventListener(event, () => this.#unend());
    part(this.#element, "screen").addEventListener("click", () => this.#deck().togglePlay());

    const failure = part(this.#element, "failure");
    this.#player.addEventListener("failure", () => {
      failure.hidden = false;
      busy.hidden = true;
    });
    this.#player.addEventListener("change", () => {
      failure.hidden = true;
    });
    part(this.#element, "retry").addEventListener("click", () => {
      failure.hidden = true;
      void this.#player.retry();
    });
    closable(part<HTMLDialogElement>(this.#element, "keys"));
  }

  /** Remembers where the viewer is, every few seconds and whenever they stop. */
  #note(now: boolean): void {
    const { currentTime, readyState } = this.#player.video;
    const place = this.#place;
    if (place.page !== "chapter" || readyState === 0) return;
    if (!now && Math.abs(currentTime - this.#noted) < NOTE_EVERY) return;
    this.#noted = currentTime;
    this.#memory.set("place", { address: addressOf({ place }), at: currentTime });
  }

  #end(): void {
    const place = this.#place;
    if (place.page !== "chapter") return;
    const more = after(place, this.#story.chapters);
    this.#next.insist(this.#say(more ? "next_chapter" : "next_end"));
  }

  #unend(): void {
    if (this.#place.page === "chapter") this.#next.hide();
  }

  // --- menus --------------------------------------------------------------------------------

  #wireMenus(): void {
    const { chapters } = this.#story;
    wireMenu(this.#element, "captions", () => this.#captionEntries(), this.#say("captions_none"));
    wireMenu(this.#element, "quality", () => this.#qualityEntries(), this.#say("quality_none"));
    wireMenu(this.#element, "chapters", () =>
      chapters.map(({ number, title }) => ({
        label: `${number}/${chapters.length} ${title}`,
        active: this.#chapter?.number === number,
        choose: () => this.#goToChapter(number),
      })),
      "",
    );
    find(this.#element, '[data-menu="captions"]');
  }

  #captionEntries() {
    const tracks = this.#player.captions;
    if (!tracks.length) return [];
    const off = { id: null, label: this.#say("captions_off"), active: !tracks.some(({ active }) => active) };
    return [off, ...tracks].map(({ id, label, active }) => ({
      label,
      active,
      choose: () => this.#chooseCaptions(id),
    }));
  }

  #qualityEntries() {
    return this.#player.qualities.map(({ id, label, active }) => ({
      label: label || this.#say("quality_auto"),
      active,
      choose: () => this.#player.showQuality(id),
    }));
  }

  #chooseCaptions(language: string | null): void {
    this.#memory.set("captions", language);
    this.#player.showCaptions(language);
  }

  #toggleCaptions(): void {
    const tracks = this.#player.captions;
    const on = tracks.some(({ active }) => active);
    this.#chooseCaptions(on ? null : (tracks[0]?.id ?? "en"));
  }
}
