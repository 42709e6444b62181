import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Camera, type CameraState } from "../../discriminator/web/src/camera";

class Track extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

function streamOf(...tracks: Track[]): MediaStream {
  return { getTracks: () => tracks } as unknown as MediaStream;
}

/** A prompt that the viewer has yet to answer. */
function later() {
  let resolve: (stream: MediaStream) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<MediaStream>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

const ask = vi.fn<(wish: MediaStreamConstraints) => Promise<MediaStream>>();
const give = (devices: unknown) =>
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: devices });

beforeEach(() => {
  ask.mockReset();
  give({ getUserMedia: ask });
});
afterEach(() => give(undefined));

test("a camera is on when it is given, and only the picture was asked for", async () => {
  const stream = streamOf(new Track());
  ask.mockResolvedValue(stream);
  const camera = new Camera();
  const states: CameraState[] = [];
  camera.state.follow((state) => states.push(state));
  await camera.turnOn();
  expect(states).toEqual(["off", "asking", "on"]);
  expect(camera.stream).toBe(stream);
  expect(ask).toHaveBeenCalledExactlyOnceWith({ video: true, audio: false });
});

describe("every refusal has its state", () => {
  test.each<[string, CameraState]>([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "missing"],
    ["OverconstrainedError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["InvalidStateError", "busy"],
    ["TypeError", "busy"],
  ])("%s is %s", async (name, state) => {
    ask.mockRejectedValue(new DOMException("", name));
    const camera = new Camera();
    await camera.turnOn();
    expect(camera.state.value).toBe(state);
    expect(camera.stream).toBeUndefined();
  });

  test("what is no error at all is busy", async () => {
    ask.mockRejectedValue("no");
    const camera = new Camera();
    await camera.turnOn();
    expect(camera.state.value).toBe("busy");
  });

  test.each([undefined, {}])("without the browser's %j it is unsupported", async (devices) => {
    give(devices);
    vi.stubGlobal("isSecureContext", true);
    const camera = new Camera();
    await camera.turnOn();
    expect(camera.state.value).toBe("unsupported");
  });

  test("on a page that is not secure it is insecure", async () => {
    give(undefined);
    vi.stubGlobal("isSecureContext", false);
    const camera = new Camera();
    await camera.turnOn();
    expect(camera.state.value).toBe("insecure");
  });

  test("and can be tried again", async () => {
    ask.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
    ask.mockResolvedValueOnce(streamOf(new Track()));
    const camera = new Camera();
    await camera.turnOn();
    await camera.turnOn();
    expect(camera.state.value).toBe("on");
  });
});

test("who is asked already is not asked twice", async () => {
  ask.mockResolvedValue(streamOf(new Track()));
  const camera = new Camera();
  await Promise.all([camera.turnOn(), camera.turnOn()]);
  await camera.turnOn();
  expect(ask).toHaveBeenCalledOnce();
});

test("turned off, every track is stopped", async () => {
  const tracks = [new Track(), new Track()];
  ask.mockResolvedValue(streamOf(...tracks));
  const camera = new Camera();
  await camera.turnOn();
  camera.turnOff();
  expect(tracks.map(({ stopped }) => stopped)).toEqual([true, true]);
  expect(camera.state.value).toBe("off");
  expect(camera.stream).toBeUndefined();
});

describe("turned off while the browser asks", () => {
  test("a stream that comes late is stopped at once", async () => {
    const track = new Track();
    const late = later();
    ask.mockReturnValue(late.promise);
    const camera = new Camera();
    const asked = camera.turnOn();
    camera.turnOff();
    late.resolve(streamOf(track));
    await asked;
    expect(track.stopped).toBe(true);
    expect(camera.state.value).toBe("off");
  });

  test("a late refusal is no news", async () => {
    const late = later();
    ask.mockReturnValue(late.promise);
    const camera = new Camera();
    const asked = camera.turnOn();
    camera.turnOff();
    late.reject(new DOMException("", "NotAllowedError"));
    await asked;
    expect(camera.state.value).toBe("off");
  });

  test("and on again, the second stream is kept and the first stopped", async () => {
    const [first, second] = [new Track(), new Track()];
    const late = later();
    ask.mockReturnValueOnce(late.promise).mockResolvedValueOnce(streamOf(second));
    const camera = new Camera();
    const asked = camera.turnOn();
    camera.turnOff();
    await camera.turnOn();
    late.resolve(streamOf(first));
    await asked;
    expect([first.stopped, second.stopped]).toEqual([true, false]);
    expect(camera.state.value).toBe("on");
  });
});

describe("a track that ends", () => {
  test("means that the camera is lost, and it can come back", async () => {
    const track = new Track();
    ask.mockResolvedValueOnce(streamOf(track)).mockResolvedValueOnce(streamOf(new Track()));
    const camera = new Camera();
    await camera.turnOn();
    track.dispatchEvent(new Event("ended"));
    expect(camera.state.value).toBe("lost");
    expect(camera.stream).toBeUndefined();
    await camera.turnOn();
    expect(camera.state.value).toBe("on");
  });

  test("of an older stream means nothing", async () => {
    const track = new Track();
    ask.mockResolvedValueOnce(streamOf(track)).mockResolvedValueOnce(streamOf(new Track()));
    const camera = new Camera();
    await camera.turnOn();
    camera.turnOff();
    await camera.turnOn();
    track.dispatchEvent(new Event("ended"));
    expect(camera.state.value).toBe("on");
  });
});
