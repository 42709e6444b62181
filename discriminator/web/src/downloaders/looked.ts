// One print, near: the picture, what a machine found on it, and the data that it carried.

import { iconButton, make } from "../make";
import { type Album, dataOf, findings, type Photo } from "./album";
import { calm, type Words } from "./screen";
import { Lens } from "./zoom";

/** Milliseconds in which a print comes near. */
const COMES = 700;

export interface Steps {
  close(): void;
  /** Goes to the print before (-1) or after (1). */
  go(by: number): void;
}

/** A print that somebody looks at; `guided` ones are shown by the narration and cannot be closed. */
export class Looked {
  readonly element: HTMLElement;
  readonly photo: Photo;
  readonly #frame: HTMLElement;

  constructor(album: Album, photo: Photo, address: string, words: Words, steps?: Steps) {
    this.photo = photo;
    const picture = make("div", { class: "looked-picture" });
    picture.append(
      make("img", { src: address, alt: photo.alt, draggable: "false", decoding: "async" }),
      findings(album, photo, words["person"] ?? ""),
    );
    this.#frame = make("div", { class: "looked-frame" }, picture);
    this.element = make(
      "figure",
      { class: "looked own-pointer", "data-photo": photo.name },
      this.#frame,
      make("figcaption", {}, dataOf(photo), ...(photo.people.length ? [] : [nobody(words)])),
    );
    if (steps) this.#wire(picture, words, steps);
  }

  /** Lets the print come from where it lies. */
  comeFrom(card: DOMRect | undefined): void {
    if (!card || calm() || !this.#frame.animate) return;
    const here = this.#frame.getBoundingClientRect();
    const x = card.x + card.width / 2 - here.x - here.width / 2;
    const y = card.y + card.height / 2 - here.y - here.height / 2;
    this.#frame.animate(
      [
        { transform: `translate(${x}px, ${y}px) scale(${card.width / (here.width || 1)})` },
        { transform: "none" },
      ],
      { duration: COMES, easing: "cubic-bezier(0.3, 0, 0.15, 1)" },
    );
  }

  focus(): void {
    this.#frame.focus({ preventScroll: true });
  }

  /** Lights the line of the data that the narration speaks of. */
  light(key: string | undefined): void {
    for (const row of this.element.querySelectorAll<HTMLElement>("[data-key]")) {
      row.toggleAttribute("data-lit", row.dataset["key"] === key);
    }
  }

  #wire(picture: HTMLElement, words: Words, steps: Steps): void {
    const lens = new Lens(this.#frame, picture);
    this.#frame.tabIndex = 0;
    this.#frame.setAttribute("role", "group");
    this.#frame.setAttribute("aria-label", `${this.photo.alt} ${words["look_keys"] ?? ""}`);
    const say = (name: string) => words[name] ?? name;
    this.element.append(
      make(
        "div",
        { class: "looked-tools" },
        iconButton("before", say("look_before"), () => steps.go(-1)),
        iconButton("minus", say("look_smaller"), () => lens.reduce()),
        iconButton("plus", say("look_larger"), () => lens.enlarge()),
        iconButton("next", say("look_after"), () => steps.go(1)),
        iconButton("close", say("look_close"), () => steps.close()),
      ),
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      steps.close();
    });
    // A second press on a picture that is not enlarged puts it back.
    let pressed: [number, number] = [0, 0];
    this.#frame.addEventListener("pointerdown", ({ clientX, clientY }) => {
      pressed = [clientX, clientY];
    });
    this.#frame.addEventListener("click", ({ clientX, clientY }) => {
      const still = Math.hypot(clientX - pressed[0], clientY - pressed[1]) < 6;
      if (still && !lens.closer) steps.close();
    });
  }
}

function nobody(words: Words): HTMLElement {
  return make("p", { class: "mono dim" }, words["look_nobody"] ?? "");
}
