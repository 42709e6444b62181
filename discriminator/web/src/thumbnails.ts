// A stream's small pictures, for whoever looks for a place in it: a track that the browser reads.

/** Part of a sheet of small pictures, in pixels. */
export interface Thumbnail {
  readonly sheet: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SELECTOR = 'track[label="thumbnails"]';

/** Adds the track of the stream in `folder`; media-chrome looks for one of this kind and label. */
export function addThumbnails(video: HTMLVideoElement, folder: string): void {
  const track = document.createElement("track");
  track.kind = "metadata";
  track.label = "thumbnails";
  track.default = true;
  track.src = `${folder}thumbnails.vtt`;
  video.append(track);
}

export function removeThumbnails(video: HTMLVideoElement): void {
  for (const track of video.querySelectorAll(SELECTOR)) track.remove();
}

/** The small picture of a second, once the track has come. */
export function thumbnailAt(video: HTMLVideoElement, second: number): Thumbnail | undefined {
  const element = video.querySelector<HTMLTrackElement>(SELECTOR);
  const cues = [...(element?.track.cues ?? [])] as VTTCue[];
  const cue = cues.filter(({ startTime }) => startTime <= second).at(-1);
  return element && cue ? read(cue.text, element.src) : undefined;
}

/** @param text such as `sheet.jpg#xywh=192,0,192,108`, relative to the track's address. */
function read(text: string, track: string): Thumbnail | undefined {
  const [, name, area] = /^(.+)#xywh=([\d,]+)$/.exec(text.trim()) ?? [];
  const [x, y, width, height] = area?.split(",").map(Number) ?? [];
  if (!name || x === undefined || y === undefined || !width || !height) return undefined;
  return { sheet: new URL(name, track).href, x, y, width, height };
}
