import { expect, test } from "vitest";
import { ALL, matcher } from "../../../discriminator/web/src/downloaders/filter";
import { List } from "../../../discriminator/web/src/downloaders/list";
import { readRecord } from "../../../discriminator/web/src/downloaders/record";
import file from "../../../media/data/downloads.json";

const { asked } = readRecord(file);

function lay() {
  const pointed: string[][] = [];
  const list = new List(
    asked,
    {},
    { point: (slugs) => pointed.push([...slugs]), ask() {}, read() {} },
  );
  document.body.replaceChildren(list.element);
  return { list, pointed };
}

test("a name is found where it is shown, and not where the filter hides it", () => {
  const { list } = lay();
  list.show(matcher({ ...ALL, year: 2019 }));
  const found: (string | undefined)[] = [];
  for (const name of list.element.querySelectorAll<HTMLElement>("[data-notable=microsoft]")) {
    name.scrollIntoView = () => found.push(name.closest("section")?.dataset["year"]);
  }
  list.find("microsoft");
  expect(found).toEqual(["2019"]);
});

test("a name that the focus leaves is pointed at no more", () => {
  const { list, pointed } = lay();
  const name = list.element.querySelector<HTMLElement>("[data-notable=google]");
  name?.focus();
  name?.blur();
  expect(pointed).toEqual([["google"], []]);
});
