// Screen A: two voices in the dark. The bars between them are the narration's own loudness.

import { make } from "../make";
import { MalformedData } from "./record";
import { at, type Cues, passed } from "./scenes";
import type { Screen, Words } from "./screen";

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
  readonly text: string;
}

export interface Call {
  readonly lines: readonly Line[];
  /** When each name of the milestones is said. */
  readonly names: readonly Milestone[];
  readonly bands: number;
  /** Columns of the spectrum a second. */
  readonly rate: number;
  /** Loudness from 0 to 255, band by band, column by column, in Base64. */
  readonly bars: string;
}

export interface Milestone {
  readonly year: number;
  readonly name: string;
  readonly at: number;
}

const HIGH = 101;

export function readCall(file: unknown): Call {
  const told = file as Partial<Call> | null;
  if (!told?.lines?.length || !told.names?.length || !told.bands || !told.rate || !told.bars) {
    throw new MalformedData("call.json holds no call.");
  }
  return told as Call;
}

export function callScreen(call: Call, cues: Cues, words: Words): Screen {
  const loudness = Uint8Array.from(atob(call.bars), (letter) => letter.charCodeAt(0));
  const bars = Array.from({ length: call.bands }, () => make("i"));
  const spectrum = make("div", { class: "call-bars", "aria-hidden": true }, ...bars);
  const you = disc("you", words["call_you"] ?? "");
  const friend = disc("friend", words["call_friend"] ?? "");
  const said = make("p", { class: "call-said" });
  const remark = make("p", { class: "call-remark dim mono" }, words["call_imagined"] ?? "");
  const element = make(
    "section",
    { class: "scene call", "data-scene": "call", "aria-label": words["scene_call"] ?? "" },
    make("div", { class: "call-discs" }, you, spectrum, friend),
    said,
    remark,
  );

  let shown = "";
  return {
    element,
    draw(second) {
      const column = Math.floor(second * call.rate) * call.bands;
      bars.forEach((bar, band) => {
        const level = (loudness[column + band] ?? 0) / 255;
        bar.style.scale = `1 ${Math.max(level, 2 / HIGH)}`;
      });
      const line = lineAt(call.lines, second);
      const speaker = line ? (line.speaker === "friend" ? "friend" : "you") : "";
      if (element.dataset["speaker"] !== speaker) element.dataset["speaker"] = speaker;
      element.toggleAttribute("data-dead", second > at(cues, "call_were") + 0.6);
      element.toggleAttribute("data-named", passed(second, cues, "call_list"));
      element.toggleAttribute("data-answered", passed(second, cues, "call_answer"));
      const text = line?.text ?? "";
      if (text !== shown) said.textContent = text;
      shown = text;
    },
  };
}

/** The line that is said at a second, or was said last. */
export function lineAt(lines: readonly Line[], second: number): Line | undefined {
  return lines.find(({ start, end }) => start <= second && second < end + 0.35);
}

/** A disc with what belongs to it: a name without letters, and a face without features. */
function disc(who: string, name: string): HTMLElement {
  const dots = Array.from({ length: 10 }, (_, n) => make("i", { style: `--n: ${n}` }));
  const ovals = Array.from({ length: 12 }, () => make("i"));
  return make(
    "div",
    { class: `call-side ${who}` },
    make(
      "div",
      { class: "call-disc" },
      make("div", { class: "call-ovals", "aria-hidden": true }, ...ovals),
    ),
    make("div", { class: "call-name", "aria-hidden": true }, ...dots),
    make("p", { class: "mono" }, name),
  );
}
