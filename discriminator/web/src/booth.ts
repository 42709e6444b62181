// Cover 1: a photo booth. What it takes stays in the page until the viewer has read what their face
// will say, and agrees; then the cropped face and its points are sent, and nothing else.

import { BoothFrame } from "./booth-frame";
import { type ClipState, told } from "./clip";
import { cut, type Portrait } from "./crop";
import { type Advice, adviceOn, LightMeter } from "./framing";
import type { Room } from "./interludes";
import { button, make } from "./make";
import type { Sight } from "./sight";
import type { Stop } from "./signal";

/** px of the longer side of a picture that was chosen; a face in it is seen sharply enough. */
const LARGEST = 1600;
/** Sights in a row that have to agree before the viewer is told something else. */
const STEADY = 2;

/** Milliseconds in which a sentence about the photo before can be read. */
const READING = 4000;

/** What is said of each advice. */
const ADVICE: Readonly<Record<Advice, string>> = {
  none: "booth_none",
  several: "booth_several",
  dark: "booth_dark",
  far: "booth_far",
  near: "booth_near",
  turned: "booth_turned",
  aside: "booth_aside",
  doubtful: "booth_doubtful",
  ready: "booth_ready",
};

type Step = "aim" | "count" | "look" | "ask" | "sent";

/** What a booth works with: a film's room, or what a notebook has instead. */
export interface Studio extends Pick<Room, "place" | "said" | "words"> {
  readonly tracker: Pick<Room["tracker"], "watch" | "inspect">;
  readonly sitter: Pick<Room["sitter"], "who" | "video">;
  readonly sounds: Pick<Room["sounds"], "play">;
  readonly camera: Pick<Room["camera"], "state" | "wanted" | "turnOn" | "sharpen">;
  readonly clip: Pick<Room["clip"], "state" | "speak" | "forget">;
}

export function play(room: Studio): Stop {
  const booth = new Booth(room);
  return () => booth.close();
}

class Booth {
  readonly #room: Studio;
  readonly #element: HTMLElement;
  readonly #frame: BoothFrame;
  readonly #side = make("div", { class: "booth-side" });
  readonly #advice = make("p", { class: "booth-advice", "aria-live": "polite" });
  readonly #chosen = make("input", { type: "file", accept: "image/*", hidden: true });
  readonly #light = new LightMeter();
  readonly #stops: Stop[];
  #watching: Stop | undefined;
  #counting: AbortController | undefined;
  #seen: { readonly advice: Advice; readonly times: number } = { advice: "none", times: 0 };
  #shown: Advice | undefined;
  /** When what was said last has been read. */
  #readUntil = 0;
  #closed = false;

  constructor(room: Studio) {
    this.#room = room;
    const names = { live: this.#say("booth_live"), photo: this.#say("booth_photo") };
    this.#frame = new BoothFrame(names);
    this.#element = make("div", { class: "booth" }, this.#frame.element, this.#side, this.#chosen);
    room.place.append(this.#element);
    this.#chosen.addEventListener("change", () => void this.#choose());
    this.#stops = [
      room.sitter.who.listen(() => this.#step === "aim" && this.#aim()),
      room.camera.state.listen(() => this.#step === "aim" && this.#aim()),
      room.clip.state.listen((state) => this.#step === "sent" && this.#tell(state)),
    ];
    if (room.clip.state.value.kind === "none") this.#aim();
    else this.#wait();
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#rest();
    this.#room.camera.sharpen(false);
    this.#frame.close();
    this.#element.remove();
  }

  get #step(): Step {
    return this.#element.dataset["step"] as Step;
  }

  #say(name: string): string {
    return this.#room.words[name] ?? name;
  }

  /** Stops whatever the step before was about. */
  #rest(): void {
    this.#watching?.();
    this.#watching = undefined;
    this.#counting?.abort();
    this.#counting = undefined;
  }

  #enter(step: Step, heading: string, ...inside: Node[]): HTMLElement {
    this.#rest();
    this.#element.dataset["step"] = step;
    const title = make("h2", { class: "booth-heading", tabindex: -1 }, this.#say(heading));
    this.#side.replaceChildren(title, ...inside);
    return title;
  }

  // --- before the camera ------------------------------------------------------------------------

  /** @param trouble what went wrong with the photo before, if anything did. */
  #aim(trouble = ""): void {
    const { sitter } = this.#room;
    const viewer = sitter.who.value === "viewer";
    const act = viewer
      ? button(this.#say("booth_take"), () => void this.#take(), { class: "button primary" })
      : button(this.#say("booth_camera"), () => void this.#room.camera.turnOn());
    const choose = button(this.#say("booth_choose"), () => this.#chosen.click());
    const lead = make("p", { class: "booth-lead" }, this.#say("booth_lead"));
    const actions = make("p", { class: "actions" }, act, choose);
    this.#enter("aim", "booth_heading", lead, this.#advice, actions);
    this.#frame.mirror(sitter.video);
    this.#shown = undefined;
    this.#seen = { advice: "none", times: 0 };
    this.#readUntil = trouble ? performance.now() + READING : 0;
    this.#advice.textContent = trouble || this.#waiting(viewer);
    delete this.#advice.dataset["advice"];
    if (!viewer) return;
    this.#room.camera.sharpen(true);
    act.setAttribute("aria-disabled", "true");
    this.#watching = this.#room.tracker.watch("portrait", (sight) => this.#see(sight, act));
  }

  #waiting(viewer: boolean): string {
    const { camera } = this.#room;
    const asked = camera.wanted.value && ["asking", "off", "on"].includes(camera.state.value);
    return this.#say(viewer ? "booth_loading" : asked ? "booth_waits" : "booth_nobody");
  }

  #see(sight: Sight, take: HTMLElement): void {
    const advice = adviceOn(sight, this.#light.read(this.#room.sitter.video, sight));
    const times = advice === this.#seen.advice ? this.#seen.times + 1 : 1;
    this.#seen = { advice, times };
    if (times < STEADY) return;
    this.#shown = advice;
    take.setAttribute("aria-disabled", String(advice !== "ready"));
    const said = this.#advice.dataset["advice"];
    if (said === advice || performance.now() < this.#readUntil) return;
    this.#advice.textContent = this.#say(ADVICE[advice]);
    this.#advice.dataset["advice"] = advice;
  }

  async #take(): Promise<void> {
    if (this.#shown !== "ready") return;
    const stop = button(this.#say("booth_stop"), () => this.#aim());
    const still = make("p", { class: "booth-lead" }, this.#say("booth_still"));
    this.#enter("count", "booth_heading", still, make("p", { class: "actions" }, stop));
    stop.focus();
    this.#counting = new AbortController();
    const tick = () => this.#room.sounds.play("booth", "tick");
    if (!(await this.#frame.countDown(tick, this.#counting.signal)) || this.#closed) return;
    this.#room.sounds.play("booth", "shutter");
    this.#frame.flash();
    // A camera that was turned off meanwhile gives no picture.
    const picture = await createImageBitmap(this.#room.sitter.video).catch(() => undefined);
    if (picture) await this.#develop(picture, true);
    else if (!this.#closed) this.#aim(this.#say("booth_faceless"));
  }

  async #choose(): Promise<void> {
    const [file] = this.#chosen.files ?? [];
    this.#chosen.value = "";
    if (!file) return;
    const picture = await open(file).catch(() => undefined);
    if (this.#closed) return;
    if (picture) await this.#develop(picture, false);
    else this.#aim(this.#say("booth_unreadable"));
  }

  /** Looks for the face in a picture; without one there is no photo. */
  async #develop(picture: ImageBitmap, mirrored: boolean): Promise<void> {
    this.#enter("look", "booth_heading", this.#advice);
    this.#advice.textContent = this.#say("booth_looks");
    delete this.#advice.dataset["advice"];
    this.#frame.freeze(picture, mirrored);
    const sight = await this.#room.tracker.inspect(picture).catch(() => undefined);
    const portrait = sight?.face && (await cut(picture, sight.face.points));
    picture.close();
    if (this.#closed) return;
    if (portrait) this.#ask(portrait);
    else this.#aim(this.#say("booth_faceless"));
  }

  // --- the question -------------------------------------------------------------------------------

  #ask(portrait: Portrait): void {
    const said = this.#room.said.map((line) => make("p", {}, line));
    const words = make("blockquote", { class: "booth-said" }, ...said);
    const terms = make("p", { class: "booth-terms" }, this.#say("booth_terms"));
    const reminder = make("p", { class: "booth-reminder" }, this.#say("booth_reminder"));
    const agree = () => this.#send(portrait);
    const actions = make(
      "p",
      { class: "actions" },
      button(this.#say("booth_yes"), agree, { class: "button primary" }),
      button(this.#say("booth_again"), () => this.#aim()),
      button(this.#say("booth_no"), () => this.#aim(this.#say("booth_thrown"))),
    );
    this.#frame.present(portrait);
    this.#enter("ask", "booth_question", words, reminder, terms, actions).focus();
  }

  #send(portrait: Portrait): void {
    this.#room.clip.speak(portrait);
    this.#wait();
    this.#side.querySelector<HTMLElement>(".booth-heading")?.focus();
  }

  // --- afterwards ---------------------------------------------------------------------------------

  #wait(): void {
    const again = button(this.#say("booth_again"), () => this.#aim());
    const forget = button(this.#say("clip_delete"), () => this.#room.clip.forget(), {
      class: "button small booth-forget",
    });
    const bar = make("progress", { class: "booth-progress", max: 1 });
    const actions = make("p", { class: "actions" }, again, forget);
    this.#enter("sent", "booth_sent", this.#advice, bar, actions);
    delete this.#advice.dataset["advice"];
    this.#tell(this.#room.clip.state.value);
  }

  #tell(state: ClipState): void {
    const bar = this.#side.querySelector("progress");
    if (bar) {
      bar.hidden = state.kind !== "making";
      bar.value = state.kind === "making" ? state.progress : 0;
      bar.setAttribute("aria-label", this.#say("clip_making"));
    }
    const forget = this.#side.querySelector<HTMLElement>(".booth-forget");
    if (forget) forget.hidden = state.kind === "deleting" || state.kind === "deleted";
    const heading = this.#side.querySelector(".booth-heading");
    if (heading) heading.textContent = this.#say(HEADINGS[state.kind]);
    const text = told(state, this.#room.words);
    if (this.#advice.textContent !== text) this.#advice.textContent = text;
    this.#element.dataset["clip"] = state.kind;
  }
}

const HEADINGS: Readonly<Record<ClipState["kind"], string>> = {
  none: "booth_heading",
  making: "booth_sent",
  ready: "booth_ready_clip",
  failed: "booth_failed",
  deleting: "clip_deleting",
  deleted: "clip_deleted",
};

/** A picture of the viewer's own, upright, and no larger than it has to be. */
async function open(file: File): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const scale = LARGEST / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const resizeWidth = Math.round(whole.width * scale);
  const resizeHeight = Math.round(whole.height * scale);
  const smaller = await createImageBitmap(whole, { resizeWidth, resizeHeight });
  whole.close();
  return smaller;
}
