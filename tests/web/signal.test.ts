import { expect, test } from "vitest";
import { Signal } from "../../discriminator/web/src/signal";

test("a listener hears changes, a follower also the value there is", () => {
  const signal = new Signal(1);
  const listened: number[] = [];
  const followed: number[] = [];
  signal.listen((value) => listened.push(value));
  signal.follow((value) => followed.push(value));
  signal.value = 2;
  expect(listened).toEqual([2]);
  expect(followed).toEqual([1, 2]);
});

test("the same value is no news", () => {
  const signal = new Signal(Number.NaN);
  const heard: number[] = [];
  signal.listen((value) => heard.push(value));
  signal.value = Number.NaN;
  expect(heard).toEqual([]);
});

test("who stopped hears nothing more", () => {
  const signal = new Signal("a");
  const heard: string[] = [];
  const stop = signal.listen((value) => heard.push(value));
  stop();
  signal.value = "b";
  expect(heard).toEqual([]);
});

test("a listener that sets another value leaves everybody with the newest", () => {
  const signal = new Signal(0);
  const last: number[] = [];
  signal.listen((value) => {
    if (value === 1) signal.value = 2;
  });
  signal.listen((value) => last.push(value));
  signal.value = 1;
  expect(last).toEqual([2]);
});
