# syntax=docker/dockerfile:1
# A small server of the film, and of the HTTP service: `docker compose up`.

FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY . .
# pip brings node for the front end, so this stage needs nothing from Debian.
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim-bookworm
# The face mesh and OpenCV open these two when they are imported. Debian's own updates decide which.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgl1 libglib2.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home film
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir "$(echo /wheels/*.whl)[api]"
# Whatever a kernel writes goes to one folder, which compose.yaml keeps in memory.
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1
USER 10001
# Where the health check looks; the HTTP service, 8867, names its own in compose.yaml.
ENV PORT=8866
EXPOSE 8866 8867
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["discriminator", "serve", "--ip", "0.0.0.0"]
