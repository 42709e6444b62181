# The two commands are `make film` and `make test`; the rest is for special days.
PORT ?= 8866
CHAPTER ?=

.PHONY: help film test soak voice masters clean

help:
	@echo "make film      set everything up and show the film (PORT=8866)"
	@echo "make test      every check there is, in up to 25 minutes"
	@echo "make soak      the long runs: loads, the whole film, memory over time"
	@echo "make voice     speak the narration anew where it has changed"
	@echo "make masters   draw the film's pictures anew (CHAPTER=chapter-1: of one chapter)"
	@echo "make clean     remove all that these commands have made"

film:
	@python3 prepare.py film --port $(PORT)

test soak voice:
	@python3 prepare.py $@

masters:
	@python3 prepare.py masters --chapter "$(CHAPTER)"

clean:
	rm -rf .venv node_modules discriminator/web/dist .*_cache .hypothesis
