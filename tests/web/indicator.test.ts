import { beforeEach, describe, expect, test, vi } from "vitest";
import { Camera, type CameraState } from "../../discriminator/web/src/camera";
import { wireIndicator } from "../../discriminator/web/src/indicator";
import { Memory } from "../../discriminator/web/src/memory";
import { Notices } from "../../discriminator/web/src/notices";
import { click, layFilm, open, piece, story } from "./markup";

beforeEach(() => localStorage.clear());

function wire() {
  const film = layFilm();
  const camera = new Camera(null, open);
  const memory = new Memory();
  const turnOn = vi.spyOn(camera, "turnOn").mockResolvedValue();
  const turnOff = vi.spyOn(camera, "turnOff").mockReturnValue();
  wireIndicator(film, camera, new Notices(piece(film, "notices"), story()), memory, story());
  const notices = () => [...piece(film, "notices").children].map((one) => one.textContent);
  return { film, camera, memory, turnOn, turnOff, notices, button: piece(film, "camera") };
}

test("the film's root carries the camera's state", () => {
  const { film, camera } = wire();
  expect(film.dataset["camera"]).toBe("off");
  camera.state.value = "asking";
  expect(film.dataset["camera"]).toBe("asking");
});

test.each<[CameraState, string, string]>([
  ["off", "Camera off", "Turn the camera on"],
  ["asking", "Waiting for permission", "Turn the camera off"],
  ["on", "Camera on", "Turn the camera off"],
  ["lost", "Camera lost", "Turn the camera on"],
  ["denied", "Camera off", "Turn the camera on"],
])(
  "when %s, the button shows %j, and its name also says what a press does",
  (state, shown, does) => {
    const { film, camera, button } = wire();
    camera.wanted.value = state !== "off";
    camera.state.value = state;
    expect(piece(film, "camera-label").textContent).toBe(shown);
    expect(button.getAttribute("aria-label")).toBe(`${shown}. ${does}`);
  },
);

test("a press turns the camera on, and the wish is remembered", () => {
  const { button, turnOn, memory } = wire();
  click(button);
  expect(turnOn).toHaveBeenCalledOnce();
  expect(memory.get("camera")).toBe(true);
});

test.each<CameraState>(["on", "asking"])("a press when %s turns it off", (state) => {
  const { button, camera, turnOff, memory } = wire();
  camera.wanted.value = true;
  camera.state.value = state;
  click(button);
  expect(turnOff).toHaveBeenCalledOnce();
  expect(memory.get("camera")).toBe(false);
});

test("wanted on a page that looks at nobody, the camera is ready", () => {
  const { camera, button, turnOff } = wire();
  camera.wanted.value = true;
  expect(piece(document, "camera-label").textContent).toBe("Camera ready");
  expect(button.hasAttribute("data-ready")).toBe(true);
  click(button);
  expect(turnOff).toHaveBeenCalledOnce();
});

describe("trouble is told in one sentence", () => {
  test.each<CameraState>(["denied", "missing", "busy", "lost", "insecure", "unsupported"])(
    "when %s",
    (state) => {
      const { camera, notices } = wire();
      camera.state.value = state;
      expect(notices()).toEqual([story().words[state]]);
    },
  );

  test("which leaves with the trouble", () => {
    const { camera, notices } = wire();
    camera.state.value = "busy";
    camera.state.value = "asking";
    expect(notices()).toEqual([]);
  });
});
