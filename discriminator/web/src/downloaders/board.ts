// The wall of prints, which screens B and F share: prints lie in places, turn, and come near.

import { make } from "../make";
import type { Album, Photo } from "./album";
import { Looked } from "./looked";
import type { Shape, Spot } from "./places";
import { calm, type Words } from "./screen";

type Layout = (photos: readonly Photo[], wall: Shape) => Map<string, Spot>;

/** How many prints send out rings at once. */
const RINGS = 3;
const RING_EVERY = 1000;

export class Board {
  readonly element: HTMLElement;
  readonly #album: Album;
  readonly #folder: string;
  readonly #words: Words;
  readonly #layout: Layout;
  readonly #cards = new Map<string, HTMLButtonElement>();
  readonly #resized: ResizeObserver;
  /** What the narration shows. */
  #guided: Photo | undefined;
  /** What the viewer looks at; it goes before what the narration shows. */
  #chosen: Photo | undefined;
  #looked: Looked | undefined;
  #rings = 0;

  constructor(album: Album, folder: string, layout: Layout, words: Words) {
    this.#album = album;
    this.#folder = folder;
    this.#layout = layout;
    this.#words = words;
    for (const photo of album.photos) this.#cards.set(photo.name, this.#card(photo));
    this.element = make("div", { class: "board" }, ...this.#cards.values());
    this.#resized = new ResizeObserver(() => this.arrange());
    this.#resized.observe(this.element);
  }

  close(): void {
    this.#resized.disconnect();
    clearInterval(this.#rings);
  }

  /** Lays every print into its place. */
  arrange(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!width || !height) return;
    for (const [name, spot] of this.#layout(this.#album.photos, { width, height })) {
      const style = this.#cards.get(name)?.style;
      style?.setProperty("--x", `${spot.x * width}px`);
      style?.setProperty("--y", `${spot.y * height}px`);
      style?.setProperty("--width", `${spot.width * width}px`);
      style?.setProperty("--turn", `${spot.turn}deg`);
    }
  }

  /** Decides which prints are on the wall, and which show their face. */
  put(there: (photo: Photo) => boolean, faceUp: boolean): void {
    for (const photo of this.#album.photos) {
      const card = this.#cards.get(photo.name);
      if (!card) continue;
      const here = there(photo);
      const up = faceUp || photo === this.#near;
      if (card.hasAttribute("data-here") !== here) {
        card.toggleAttribute("data-here", here);
        card.inert = !here;
      }
      if (card.hasAttribute("data-up") !== up) {
        card.toggleAttribute("data-up", up);
        card.setAttribute("aria-label", up ? photo.alt : (this.#words["print_down"] ?? ""));
      }
    }
  }

  /** The narration brings a print near, or none; whatever the viewer looked at goes back. */
  guide(photo: Photo | undefined): void {
    if (photo === this.#guided) return;
    this.#guided = photo;
    this.#chosen = undefined;
    this.#show();
  }

  light(key: string | undefined): void {
    this.#looked?.light(key);
  }

  /** The viewer's print goes back. */
  leave(): void {
    if (!this.#chosen) return;
    this.#chosen = undefined;
    this.#show();
  }

  /** Lets prints ask for attention while nobody looks at one. */
  ring(asking: boolean): void {
    if (asking === Boolean(this.#rings)) return;
    clearInterval(this.#rings);
    this.#rings = 0;
    if (!asking || calm()) return;
    this.#rings = window.setInterval(() => this.#ringOne(), RING_EVERY);
  }

  get #near(): Photo | undefined {
    return this.#chosen ?? this.#guided;
  }

  #ringOne(): void {
    const asking = this.element.querySelectorAll("[data-ring]");
    if (this.#near || asking.length >= RINGS) return;
    const cards = [...this.#cards.values()];
    const card = cards[Math.floor(Math.random() * cards.length)];
    card?.setAttribute("data-ring", "");
    setTimeout(() => card?.removeAttribute("data-ring"), 3000);
  }

  #card(photo: Photo): HTMLButtonElement {
    const image = make("img", {
      src: this.#address(photo),
      alt: "",
      loading: "lazy",
      decoding: "async",
      draggable: "false",
    });
    const card = make(
      "button",
      {
        type: "button",
        class: "print",
        "data-photo": photo.name,
        "data-tag": photo.tagged,
        "aria-label": this.#words["print_down"] ?? "",
      },
      make("span", { class: "print-sides" }, make("span", { class: "print-back" }), image),
    );
    card.inert = true;
    card.addEventListener("click", () => this.#choose(photo));
    return card;
  }

  #address(photo: Photo): string {
    return `${this.#folder}album/${photo.name}.webp`;
  }

  #choose(photo: Photo | undefined): void {
    const before = this.#chosen;
    this.#chosen = photo;
    this.#show();
    if (photo) this.#looked?.focus();
    else if (before) this.#cards.get(before.name)?.focus({ preventScroll: true });
  }

  #go(by: number): void {
    const { photos } = this.#album;
    const index = this.#chosen ? photos.indexOf(this.#chosen) : 0;
    this.#choose(photos[(index + by + photos.length) % photos.length]);
  }

  #show(): void {
    const photo = this.#near;
    if (
      this.#looked?.photo === photo &&
      Boolean(this.#chosen) === this.element.hasAttribute("data-chosen")
    )
      return;
    this.#looked?.element.remove();
    this.#looked = undefined;
    this.element.toggleAttribute("data-chosen", Boolean(this.#chosen));
    this.element.toggleAttribute("data-near", Boolean(photo));
    if (!photo) return;
    const steps = { close: () => this.#choose(undefined), go: (by: number) => this.#go(by) };
    this.#looked = new Looked(
      this.#album,
      photo,
      this.#address(photo),
      this.#words,
      this.#chosen ? steps : undefined,
    );
    this.element.append(this.#looked.element);
    this.#looked.comeFrom(this.#cards.get(photo.name)?.getBoundingClientRect());
  }
}
