# The two commands are `make film` and `make test`; the rest is for special days.
PORT ?= 8866
CHAPTER ?= chapter-1

.PHONY: help film test soak masters clean

help:
	@echo "make film      set everything up and show the film (PORT=8866)"
	@echo "make test      every check there is, in up to 25 minutes"
	@echo "make soak      the long runs: loads, the whole film, memory over time"
	@echo "make masters   draw the film's pictures anew (CHAPTER=chapter-1)"
	@echo "make clean     remove all that these commands have made"

film:
	@python3 prepare.py film --port $(PORT)

test soak:
	@python3 prepare.py $@

masters:
	@python3 prepare.py masters --chapter $(CHAPTER)

clean:
	rm -rf .venv node_modules discriminator/web/dist .*_cache .hypothesis
