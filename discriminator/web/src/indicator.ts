// The camera's button at the top right, and the sentences about it.

import type { Camera, CameraState } from "./camera";
import type { Memory } from "./memory";
import type { Notices } from "./notices";
import { label, part } from "./parts";
import type { Story } from "./story";

const TROUBLE = ["denied", "missing", "busy", "lost", "insecure", "unsupported"] as const;
const LABELS: Partial<Record<CameraState, string>> = {
  on: "camera_on",
  asking: "camera_asking",
  lost: "camera_lost",
};

export function wireIndicator(
  film: HTMLElement,
  camera: Camera,
  notices: Notices,
  memory: Memory,
  story: Story,
): void {
  const button = part<HTMLButtonElement>(film, "camera");
  const text = part(film, "camera-label");
  const isTroubled = () => TROUBLE.some((name) => name === camera.state.value);
  /** Whether a press would turn it off: a camera in trouble is asked for once more. */
  const isWanted = () => camera.wanted.value && !isTroubled();
  button.addEventListener("click", () => {
    const on = isWanted();
    memory.set("camera", !on);
    if (on) camera.turnOff();
    else void camera.turnOn();
  });
  const show = () => {
    const state = camera.state.value;
    film.dataset["camera"] = state;
    const ready = state === "off" && camera.wanted.value;
    button.toggleAttribute("data-ready", ready);
    const shown = story.words[ready ? "camera_ready" : (LABELS[state] ?? "camera_off")] ?? "";
    text.textContent = shown;
    // The spoken name begins with the words that are seen, for who commands the page by voice.
    label(button, `${shown}. ${story.words[isWanted() ? "camera_stop" : "camera_start"] ?? ""}`);
  };
  camera.wanted.listen(show);
  camera.state.follow((state) => {
    show();
    tell(state, notices, story);
  });
}

/** One sentence for each trouble; it goes when the trouble does. */
function tell(state: CameraState, notices: Notices, story: Story): void {
  const trouble = TROUBLE.find((name) => name === state);
  if (trouble) notices.show("camera", { text: story.words[trouble] ?? "", seconds: 12 });
  else notices.hide("camera");
}
