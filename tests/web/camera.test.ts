import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Camera, type CameraState } from "../../discriminator/web/src/camera";

class Track extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

/** Ends with each test, so that no older camera hears of its tab. */
let ending: AbortController;

/** A camera whose page looks at faces. */
function onStage(device: string | null = null): Camera {
  const camera = new Camera(device, ending.signal);
  camera.need(true);
  return camera;
}

function streamOf(...tracks: Track[]): MediaStream {
  const getVideoTracks = () => tracks.map(() => ({ getSettings: () => ({}) }));
  return { getTracks: () => tracks, getVideoTracks } as unknown as MediaStream;
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
  ending = new AbortController();
  give({ getUserMedia: ask });
});
afterEach(() => {
  ending.abort();
  give(undefined);
});

test("a camera is on when it is given, and only the picture was asked for", async () => {
  const stream = streamOf(new Track());
  ask.mockResolvedValue(stream);
  const camera = onStage();
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
    const camera = onStage();
    await camera.turnOn();
    expect(camera.state.value).toBe(state);
    expect(camera.stream).toBeUndefined();
  });

  test("what is no error at all is busy", async () => {
    ask.mockRejectedValue("no");
    const camera = onStage();
    await camera.turnOn();
    expect(camera.state.value).toBe("busy");
  });

  test.each([undefined, {}])("without the browser's %j it is unsupported", async (devices) => {
    give(devices);
    vi.stubGlobal("isSecureContext", true);
    const camera = onStage();
    await camera.turnOn();
    expect(camera.state.value).toBe("unsupported");
  });

  test("on a page that is not secure it is insecure", async () => {
    give(undefined);
    vi.stubGlobal("isSecureContext", false);
    const camera = onStage();
    await camera.turnOn();
    expect(camera.state.value).toBe("insecure");
  });

  test("and can be tried again", async () => {
    ask.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
    ask.mockResolvedValueOnce(streamOf(new Track()));
    const camera = onStage();
    await camera.turnOn();
    await camera.turnOn();
    expect(camera.state.value).toBe("on");
  });
});

test("who is asked already is not asked twice", async () => {
  ask.mockResolvedValue(streamOf(new Track()));
  const camera = onStage();
  await Promise.all([camera.turnOn(), camera.turnOn()]);
  await camera.turnOn();
  expect(ask).toHaveBeenCalledOnce();
});

test("turned off, every track is stopped", async () => {
  const tracks = [new Track(), new Track()];
  ask.mockResolvedValue(streamOf(...tracks));
  const camera = onStage();
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
    const camera = onStage();
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
    const camera = onStage();
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
    const camera = onStage();
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
    const camera = onStage();
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
    const camera = onStage();
    await camera.turnOn();
    camera.turnOff();
    await camera.turnOn();
    track.dispatchEvent(new Event("ended"));
    expect(camera.state.value).toBe("on");
  });
});

/** What the tab says of itself. */
function hide(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("it runs only while it is of use", () => {
  afterEach(() => hide(false));

  test("wanted on a page that looks at nobody, it is asked for by the next that does", async () => {
    ask.mockResolvedValue(streamOf(new Track()));
    const camera = new Camera(null, ending.signal);
    await camera.turnOn();
    expect(ask).not.toHaveBeenCalled();
    expect([camera.wanted.value, camera.state.value]).toEqual([true, "off"]);
    camera.need(true);
    await vi.waitFor(() => expect(camera.state.value).toBe("on"));
  });

  test("it stops where the page looks at nobody", async () => {
    const track = new Track();
    ask.mockResolvedValue(streamOf(track));
    const camera = onStage();
    await camera.turnOn();
    camera.need(false);
    expect([track.stopped, camera.state.value, camera.wanted.value]).toEqual([true, "off", true]);
  });

  test("an answer that comes when the page has gone is kept, the stream is not", async () => {
    const track = new Track();
    const late = later();
    ask.mockReturnValueOnce(late.promise);
    const camera = onStage();
    const asked = camera.turnOn();
    camera.need(false);
    expect(camera.state.value).toBe("asking");
    late.resolve(streamOf(track));
    await asked;
    expect([track.stopped, camera.state.value, camera.wanted.value]).toEqual([true, "off", true]);
  });

  test("it stops in a hidden tab, and comes back with it", async () => {
    const track = new Track();
    ask.mockResolvedValueOnce(streamOf(track)).mockResolvedValueOnce(streamOf(new Track()));
    const camera = onStage();
    await camera.turnOn();
    hide(true);
    expect([track.stopped, camera.state.value]).toEqual([true, "off"]);
    hide(false);
    await vi.waitFor(() => expect(camera.state.value).toBe("on"));
  });

  test("a refusal is not asked about again on the next page", async () => {
    ask.mockRejectedValue(new DOMException("", "NotAllowedError"));
    const camera = onStage();
    await camera.turnOn();
    camera.need(false);
    camera.need(true);
    expect(ask).toHaveBeenCalledOnce();
    expect(camera.state.value).toBe("denied");
  });
});

describe("of several cameras", () => {
  const wish = () => ask.mock.lastCall?.[0].video;

  test("the one that was chosen once is asked for", async () => {
    ask.mockResolvedValue(streamOf(new Track()));
    await onStage("front").turnOn();
    expect(wish()).toEqual({ deviceId: { exact: "front" } });
  });

  test("another takes over at once", async () => {
    const track = new Track();
    ask.mockResolvedValueOnce(streamOf(track)).mockResolvedValueOnce(streamOf(new Track()));
    const camera = onStage();
    await camera.turnOn();
    await camera.choose("back");
    expect(wish()).toEqual({ deviceId: { exact: "back" } });
    expect([track.stopped, camera.state.value]).toEqual([true, "on"]);
  });

  test("any will do when the chosen one is not there", async () => {
    ask.mockRejectedValueOnce(new DOMException("", "OverconstrainedError"));
    ask.mockResolvedValueOnce(streamOf(new Track()));
    const camera = onStage("gone");
    await camera.turnOn();
    expect(wish()).toBe(true);
    expect(camera.state.value).toBe("on");
  });

  test("only cameras are listed", async () => {
    const devices = [{ kind: "audioinput" }, { kind: "videoinput", label: "Front" }];
    give({ getUserMedia: ask, enumerateDevices: async () => devices });
    expect(await onStage().list()).toEqual([devices[1]]);
  });

  test("a browser that tells of none lists none", async () => {
    give(undefined);
    expect(await onStage().list()).toEqual([]);
  });
});
