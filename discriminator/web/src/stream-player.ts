// A stream in a notebook: the film's own player under controls that anyone knows.

import "media-chrome";
import { readTime } from "./places";
import { Player } from "./player";
import type { Stop } from "./signal";
import { addStyle } from "./style";

type State = "loading" | "paused" | "playing" | "waiting" | "ended" | "failed";

/** The parts of the Jupyter widget's model that the player needs. */
interface Model {
  get(name: "source"): string;
  get(name: "time"): number;
  get(name: "cues"): Record<string, number>;
  set(name: "time" | "duration", value: number): void;
  set(name: "state", value: State): void;
  save_changes(): void;
  send(content: { cue: string }): void;
  on(event: "msg:custom", listener: (order: Order) => void): void;
  off(event: "msg:custom", listener: (order: Order) => void): void;
}

type Order = { do: "play" } | { do: "pause" } | { do: "seek"; to: number };

/** Milliseconds between two reports of the time to Python. */
const REPORT_EVERY = 250;

const CONTROLS = `
  <div class="stream-captions"></div>
  <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
  <media-control-bar>
    <media-play-button></media-play-button>
    <media-seek-backward-button seekoffset="10"></media-seek-backward-button>
    <media-seek-forward-button seekoffset="10"></media-seek-forward-button>
    <media-time-range></media-time-range>
    <media-time-display showduration></media-time-display>
    <media-mute-button></media-mute-button>
    <media-volume-range></media-volume-range>
    <select class="stream-choice" data-choice="audio" aria-label="Audio" hidden></select>
    <select class="stream-choice" data-choice="captions" aria-label="Captions"></select>
    <select class="stream-choice" data-choice="quality" aria-label="Quality"></select>
    <media-playback-rate-button rates="0.75 1 1.25 1.5 2"></media-playback-rate-button>
    <media-pip-button></media-pip-button>
    <media-fullscreen-button></media-fullscreen-button>
  </media-control-bar>`;

const FAILURE = `
  <p>This stream could not be loaded. Check that its folder is there and the line is up.</p>
  <button type="button">Try again</button>`;

function render({ model, el }: { model: Model; el: HTMLElement }): Stop {
  addStyle();
  const controller = document.createElement("media-controller");
  controller.className = "stream-player";
  // While it has the focus the keys are its own: a notebook would take M for Markdown.
  controller.dataset["lmSuppressShortcuts"] = "true";
  controller.innerHTML = CONTROLS;
  const player = new Player(
    document.createElement("div"),
    controller.querySelector<HTMLElement>(".stream-captions") ?? controller,
  );
  player.video.slot = "media";
  controller.prepend(player.video);
  el.replaceChildren(controller);

  wireChoices(controller, player);
  wireFailure(controller, player);
  reportTime(player.video, model);
  reportState(player, model);
  reportCues(player.video, model);
  const stopObeying = obey(player, model);
  // Where the page's address says, or where Python or an earlier view of this widget was.
  const { at = model.get("time") } = readTime(new URL(location.href));
  void player.load(new URL(model.get("source"), filmRoot()).href, at);
  return () => {
    stopObeying();
    void player.close();
  };
}

/** The film's addresses begin one step above its assets, of which this module is one. */
function filmRoot(): URL {
  return new URL("../", import.meta.url);
}

function wireChoices(controller: Element, player: Player): void {
  const captions = select(controller, "captions");
  const audio = select(controller, "audio");
  const quality = select(controller, "quality");
  captions.addEventListener("change", () => player.showCaptions(captions.value || null));
  audio.addEventListener("change", () => player.playSound(audio.value));
  quality.addEventListener("change", () => player.showQuality(quality.value));
  player.addEventListener("change", () => {
    const off = { id: "", label: "No captions", active: false };
    fill(captions, [off, ...player.captions]);
    fill(audio, player.sounds);
    fill(quality, player.qualities);
  });
}

function select(controller: Element, name: string): HTMLSelectElement {
  return controller.querySelector(`[data-choice="${name}"]`) as HTMLSelectElement;
}

function fill(box: HTMLSelectElement, choices: { id: string; label: string; active: boolean }[]) {
  box.replaceChildren(
    ...choices.map(({ id, label, active }) => new Option(label || "Automatic", id, active, active)),
  );
  box.hidden = choices.length < 2;
}

function wireFailure(controller: Element, player: Player): void {
  const failure = document.createElement("div");
  failure.className = "stream-failure";
  failure.setAttribute("role", "alert");
  failure.hidden = true;
  failure.innerHTML = FAILURE;
  controller.append(failure);
  const show = (failed: boolean) => () => {
    failure.hidden = !failed;
  };
  player.addEventListener("failure", show(true));
  player.addEventListener("start", show(false));
  // A line that is back brings the media with it.
  player.video.addEventListener("canplay", show(false));
  failure.querySelector("button")?.addEventListener("click", () => {
    void player.retry();
    player.play();
  });
}

function reportTime(video: HTMLVideoElement, model: Model): void {
  let reported = 0;
  const report = (event: Event) => {
    if (event.type === "timeupdate" && event.timeStamp - reported < REPORT_EVERY) return;
    reported = event.timeStamp;
    model.set("time", video.currentTime);
    model.set("duration", Number.isFinite(video.duration) ? video.duration : 0);
    model.save_changes();
  };
  for (const name of ["timeupdate", "durationchange", "seeked", "pause"]) {
    video.addEventListener(name, report);
  }
}

function reportState(player: Player, model: Model): void {
  const states: Record<string, State> = {
    loadstart: "loading",
    playing: "playing",
    pause: "paused",
    canplay: "paused",
    waiting: "waiting",
    ended: "ended",
  };
  const tell = (state: State) => {
    model.set("state", state);
    model.save_changes();
  };
  for (const [event, state] of Object.entries(states)) {
    player.video.addEventListener(event, () => {
      tell(event === "canplay" && !player.video.paused ? "playing" : state);
    });
  }
  player.addEventListener("failure", () => tell("failed"));
}

/** Tells each cue as the playing video passes it; a jump over cues is silent. */
function reportCues(video: HTMLVideoElement, model: Model): void {
  // Who stands at the beginning has not passed what begins there.
  const from = () => video.currentTime || -1;
  let before = -1;
  video.addEventListener("seeking", () => {
    before = from();
  });
  video.addEventListener("timeupdate", () => {
    const now = from();
    for (const [cue, second] of Object.entries(model.get("cues"))) {
      if (before < second && second <= now) model.send({ cue });
    }
    before = now;
  });
}

function obey(player: Player, model: Model): Stop {
  const listener = (order: Order) => {
    if (order.do === "play") player.play();
    if (order.do === "pause") player.pause();
    if (order.do === "seek") player.video.currentTime = order.to;
  };
  model.on("msg:custom", listener);
  return () => model.off("msg:custom", listener);
}

export default { render };
