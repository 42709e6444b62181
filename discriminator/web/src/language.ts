// The language that the page is written in.

/** The film's own, also in a notebook whose frame speaks another. */
export function language(): string {
  const film = document.querySelector(".film")?.getAttribute("lang");
  return film || document.documentElement.lang || "en";
}
