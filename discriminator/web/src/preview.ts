// What the camera sees, mirrored, and the choice of another camera.

import type { Camera } from "./camera";
import type { Memory } from "./memory";
import { part } from "./parts";
import { fill, type Story } from "./story";

export function wirePreview(
  film: HTMLElement,
  camera: Camera,
  memory: Memory,
  story: Story,
  until: AbortSignal,
): void {
  const more = part<HTMLButtonElement>(film, "camera-more");
  const panel = part(film, "camera-panel");
  const video = document.createElement("video");
  Object.assign(video, { className: "camera-preview", muted: true, playsInline: true });
  video.setAttribute("aria-label", story.words["camera_preview"] ?? "");
  const choice = part<HTMLSelectElement>(film, "camera-choice");

  const open = (isOpen: boolean) => {
    panel.hidden = !isOpen;
    more.setAttribute("aria-expanded", String(isOpen));
    video.srcObject = isOpen ? (camera.stream ?? null) : null;
    video.remove();
    if (!isOpen) return;
    panel.prepend(video);
    void video.play().catch(() => undefined);
  };
  const list = async () => {
    const cameras = await camera.list();
    choice.replaceChildren(
      ...cameras.map(({ deviceId, label }, i) => {
        const name = label || fill(story.words["camera_number"] ?? "", { number: i + 1 });
        return new Option(name, deviceId, false, deviceId === camera.device);
      }),
    );
  };
  more.addEventListener("click", () => open(panel.hidden !== false));
  more.parentElement?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    more.focus();
  });
  choice.addEventListener("change", () => {
    memory.set("device", choice.value);
    void camera.choose(choice.value).then(() => open(true));
  });
  camera.state.follow((state) => {
    more.hidden = state !== "on";
    if (state === "on") void list();
    else open(false);
  });
  // Absent where a page may not use cameras at all.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener?.("devicechange", () => void list(), { signal: until });
}
