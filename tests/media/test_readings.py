"""What chapter 4 shows beside Nobody's face was really read in it."""

import json

from shots.chapter_4 import read, twice


def test_the_readings_are_of_the_face_that_is_drawn() -> None:
    told = json.loads(read.READINGS.read_text(encoding="utf-8"))
    assert told["made_from"] == read.recipe(), "run media/make/readings.py again"
    assert [len(told[series]) for series in ("candle", "day", "frowns")] == [51, 51, 13]


def test_they_say_what_the_source_says_of_them() -> None:
    by_candle = [read.by_candle(light) for light in read.LIGHTS]
    assert all(said.confidence == 1 for said in by_candle)
    assert all(22 < said.age < 30 for said in by_candle)
    dim, bright = (read.in_daylight(light) for light in (twice.DIM_DAY, twice.BRIGHT_DAY))
    assert (dim.age, dim.gender) == (28.6, "male")
    assert (bright.age, bright.gender) == (22.7, "female")


def test_light_and_frown_beyond_what_was_read_are_the_nearest_that_was() -> None:
    assert read.by_candle(9.0) == read.by_candle(read.LIGHTEST)
    assert read.in_daylight(0.0) == read.in_daylight(read.DARKEST)
    assert read.frowning(2.0) == read.frowning(1.0)
