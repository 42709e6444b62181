// The drawn photo album: its prints, and what a machine found on each.

import { draw, make } from "../make";
import { MalformedData } from "./record";

export interface Found {
  /** Left, top, width and height in px of the picture. */
  readonly box: readonly [number, number, number, number];
  readonly crop: readonly [number, number, number, number];
  readonly points: readonly (readonly [number, number])[];
}

export interface Photo {
  readonly name: string;
  readonly date: string;
  readonly year: number;
  readonly license: string;
  readonly nsid: string;
  readonly path_alias: string;
  readonly tagged: string;
  readonly alt: string;
  readonly people: readonly Found[];
  readonly cue?: string;
}

export interface Album {
  readonly wide: number;
  readonly high: number;
  readonly photos: readonly Photo[];
}

export function readAlbum(file: unknown): Album {
  const told = file as Partial<Album> | null;
  const whole = told?.photos?.every(({ name, year, people }) => name && year && people);
  if (!told?.wide || !told.high || !whole) {
    throw new MalformedData("album.json holds no album.");
  }
  return told as Album;
}

/** What a picture carried when it was published, as a machine reads it. */
const CARRIED = ["date", "license", "nsid", "path_alias", "tagged"] as const;

/** The data of a print, written as the object that it is. */
export function dataOf(photo: Photo): HTMLElement {
  const rows = CARRIED.map((key, index) =>
    make(
      "div",
      { "data-key": key },
      make("dt", {}, `"${key}"`),
      make("dd", {}, `"${photo[key]}"${index < CARRIED.length - 1 ? "," : ""}`),
    ),
  );
  return make("dl", { class: "print-data" }, ...rows);
}

/** What the machine drew: a box and a number for each person, a looser box, and the points. */
export function findings({ wide, high }: Album, photo: Photo, person: string): SVGElement {
  const people = photo.people.map(({ box, crop, points }, index) => {
    const [left, top, width, height] = box;
    const label = `${person} ${index + 1}`;
    const lettering = label.length * 13.2 + 16;
    return draw(
      "g",
      { class: "found", style: `--n: ${index}` },
      rectangle(crop, "found-crop"),
      rectangle([left, top, width, height], "found-box"),
      draw("rect", { class: "found-tab", x: left - 2, y: top - 30, width: lettering, height: 30 }),
      draw("text", { x: left + 6, y: top - 8 }, label),
      ...points.map(([x, y]) => draw("circle", { cx: x, cy: y, r: 2.2 })),
    );
  });
  return draw("svg", { viewBox: `0 0 ${wide} ${high}`, "aria-hidden": true }, ...people);
}

function rectangle([x, y, width, height]: Found["box"], name: string): SVGElement {
  return draw("rect", { class: name, x, y, width, height });
}
