// The requests as the page fetches them, checked before anything is drawn.

import type { Cited } from "./table";

export const YEARS = [2015, 2016, 2017, 2018, 2019] as const;
export const KINDS = ["academic", "company", "government", "none", "withheld"] as const;

export type Kind = (typeof KINDS)[number];

export interface Asked {
  readonly year: number;
  readonly as_entered: string;
  readonly organisation: string | null;
  readonly kind: Kind;
  readonly country: string | null;
  readonly notable: string | null;
}

export interface Notable {
  readonly organisation: string;
  readonly seat: string;
  readonly note: string;
  /** A key of the film's sources. */
  readonly source: string;
}

export interface Collection {
  readonly name: string;
  readonly year: number;
  readonly images: number;
  readonly people: number | null;
  readonly pictures_from: string;
  readonly fate: string;
  readonly fate_year: number | null;
  readonly source: Cited;
}

export interface Downloads {
  readonly asked: readonly Asked[];
  readonly countries: Readonly<Record<string, string>>;
  readonly notable: Readonly<Record<string, Notable>>;
  readonly collections: readonly Collection[];
}

/** A file of the film's media is missing or is not what it should be. */
export class MalformedData extends Error {}

const FIELDS = ["year", "as_entered", "organisation", "kind", "country", "notable"];

/** Turns the columns of `downloads.json` into rows. */
export function readRecord(file: unknown): Downloads {
  const told = file as {
    fields?: unknown;
    rows?: unknown;
    countries?: Record<string, string>;
    notable?: Record<string, Notable>;
    datasets?: Collection[];
  } | null;
  const { fields, rows, countries, notable, datasets } = told ?? {};
  if (String(fields) !== String(FIELDS) || !Array.isArray(rows) || !rows.length) {
    throw new MalformedData("downloads.json holds no rows of the known fields.");
  }
  if (!countries || !notable || !Array.isArray(datasets)) {
    throw new MalformedData("downloads.json lacks countries, notable names or datasets.");
  }
  return { asked: rows.map(readRow), countries, notable, collections: datasets };
}

type Row = [number, string, string | null, Kind, string | null, string | null];

function readRow(row: Row, number: number): Asked {
  const [year, as_entered, organisation, kind, country, notable] = row;
  if (!YEARS.some((one) => one === year) || !KINDS.includes(kind) || !as_entered) {
    throw new MalformedData(`downloads.json, row ${number}: ${JSON.stringify(row)} is no request.`);
  }
  return { year, as_entered, organisation, kind, country, notable };
}

/** Fetches one of the film's data files. */
export async function fetchData(address: string): Promise<unknown> {
  const answer = await fetch(address);
  if (!answer.ok) throw new MalformedData(`${address} answers ${answer.status}.`);
  return answer.json();
}
