// Screen B: the album on the wall, a column for each year, face down; some prints come near.

import { make } from "../make";
import type { Album, Photo } from "./album";
import { Board } from "./board";
import { byYear, lanesOf } from "./places";
import { at, type Cues, latest, passed } from "./scenes";
import type { Screen, Words } from "./screen";

/** The years in the order in which their columns come. */
const COMING = [2010, 2011, 2007, 2013, 2006, 2012];
const BETWEEN = 0.55;

export function albumScreen(album: Album, media: string, cues: Cues, words: Words): Screen {
  const board = new Board(album, media, byYear, words);
  const lanes = lanesOf(album.photos);
  const years = make(
    "div",
    { class: "album-years mono", "aria-hidden": true },
    ...lanes.map((lane, index) => {
      const year = lane[0]?.year;
      return make("span", {}, lanes[index - 1]?.[0]?.year === year ? "" : String(year));
    }),
  );
  const element = make(
    "section",
    { class: "scene album", "data-scene": "album", "aria-label": words["scene_album"] ?? "" },
    board.element,
    years,
    make("p", { class: "album-hint mono dim" }, words["album_hint"] ?? ""),
  );
  const guided = album.photos.filter((photo) => photo.cue);
  const cueNames = [...guided.map(({ cue }) => cue ?? ""), "album_out"];
  return {
    element,
    draw(second) {
      const cue = latest(second, cues, cueNames);
      const near = guided.find((photo) => photo.cue === cue);
      const open = passed(second, cues, "album_out");
      board.guide(near);
      board.light(cue === "photo_6" ? "license" : undefined);
      board.put((photo) => second >= comes(photo, cues), open);
      board.ring(open);
      element.toggleAttribute("data-open", open);
    },
    leave() {
      board.leave();
      board.ring(false);
    },
    close: () => board.close(),
  };
}

/** The second at which a print drops onto the wall: with its year, one after another. */
function comes(photo: Photo, cues: Cues): number {
  const order = COMING.indexOf(photo.year);
  if (order === 0) return at(cues, "album_summer");
  if (order === 1) return at(cues, "album_winter");
  return at(cues, "album_years") + BETWEEN * (order < 0 ? COMING.length : order - 2);
}
