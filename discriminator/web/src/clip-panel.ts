// The viewer's clip beside the camera's button: how far it is while the film goes on, and then what
// shall become of it. It may be kept as a file or deleted at any time, and says when that is done.

import { type Clip, type ClipState, told } from "./clip";
import { button, make } from "./make";
import { part } from "./parts";
import { fill, type Story } from "./story";

const FILE = "discriminator-synthetic.mp4";

/** What the chip says. */
const LABELS: Readonly<Record<ClipState["kind"], string>> = {
  none: "",
  making: "clip_chip_making",
  ready: "clip_chip_ready",
  failed: "clip_chip_failed",
  deleting: "clip_chip_deleting",
  deleted: "clip_chip_deleted",
};

/** @param media the film's own picture, which rests while the clip is played here. */
export function wireClip(
  film: HTMLElement,
  clip: Clip,
  media: HTMLVideoElement,
  { words }: Story,
): void {
  const place = part(film, "clip-place");
  const chip = part<HTMLButtonElement>(film, "clip");
  const panel = part(film, "clip-panel");
  const open = (isOpen: boolean) => {
    panel.hidden = !isOpen;
    chip.setAttribute("aria-expanded", String(isOpen));
    panel.querySelector("video")?.pause();
    place.hidden = !isOpen && !stays(clip.state.value);
  };
  const show = (state: ClipState) => {
    const progress = state.kind === "making" ? state.progress : 1;
    chip.style.setProperty("--made", String(progress));
    place.dataset["clip"] = state.kind;
    const percent = Math.floor(100 * progress);
    part(film, "clip-label").textContent = fill(words[LABELS[state.kind]] ?? "", {
      percent,
    });
    part(film, "clip-told").textContent = state.kind === "making" ? "" : told(state, words);
    place.hidden = panel.hidden && !stays(state);
  };
  // What is in the panel changes with the kind of state; progress would take the focus away.
  let drawn = "";
  clip.state.follow((state) => {
    show(state);
    if (state.kind === drawn) return;
    drawn = state.kind;
    const hadFocus = panel.contains(document.activeElement);
    panel.replaceChildren(...furnish(state, clip, media, words));
    if (hadFocus) panel.focus();
  });
  clip.seen.listen((seen) => seen && open(true));
  chip.addEventListener("click", () => open(panel.hidden !== false));
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    chip.focus();
  });
}

/** A clip that was never made, or is deleted, needs no button once the viewer has read so. */
function stays({ kind }: ClipState): boolean {
  return kind === "making" || kind === "ready" || kind === "failed";
}

function furnish(
  state: ClipState,
  clip: Clip,
  media: HTMLVideoElement,
  words: Story["words"],
): Node[] {
  const say = (name: string) => words[name] ?? name;
  const sentence = make("p", { class: "clip-sentence" }, told(state, words));
  const forget = button(say("clip_delete"), () => clip.forget());
  if (state.kind === "making") return [sentence, forget];
  if (state.kind !== "ready") return [sentence];
  const video = make("video", { controls: true, playsinline: true, src: state.address });
  video.setAttribute("aria-label", say("clip_label"));
  video.addEventListener("play", () => media.pause());
  sentence.textContent = say("clip_question");
  const link = { class: "button small primary", href: state.address, download: FILE };
  const keep = make("a", link, say("clip_keep"));
  const kept = make("p", { class: "clip-sentence", role: "status" });
  keep.addEventListener("click", () => {
    kept.textContent = fill(say("clip_kept"), { file: FILE });
  });
  return [video, sentence, make("p", { class: "actions" }, keep, forget), kept];
}
