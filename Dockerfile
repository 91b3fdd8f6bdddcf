# What the page is joined with, and plotly.js without what the page does not draw. package-lock.json has the checksum of each, and
# nothing of theirs is run here.
FROM node:24-slim AS npm
WORKDIR /npm
COPY deploy/npm/package.json package.json
COPY deploy/npm/package-lock.json package-lock.json
RUN npm ci --ignore-scripts --no-audit --no-fund

# The page's own files as few ones, with source maps. Nothing of this stage but these is in the image.
FROM python:3.13-slim AS page
WORKDIR /lab
COPY --from=npm /npm/node_modules node_modules
COPY components components
COPY assets assets
RUN python -m components.built.making node_modules build/page

# Python 3.13: the newest that the locked wheels are tested with, and the fastest of them; slim, because every package here
# comes as a wheel and needs no compiler.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

# A user without a password, a shell or a home: all it does is read the program. Kubernetes knows it by its number only.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin lab

WORKDIR /lab

# Before the program, so that a change of code does not install everything again.
COPY requirements.txt .
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary=:all: -r requirements.txt \
    && python -m compileall -q "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

COPY gunicorn.conf.py ./
COPY optim optim
COPY components components
COPY assets assets
COPY app app
COPY --from=page /lab/build/page build/page
# Seconds of work, 8 % of the bytes of a first visit.
RUN python -m app.packing

USER lab
# A container is reached from outside it.
ENV HOST=0.0.0.0 PORT=8050
EXPOSE 8050

HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as web; from app.__main__ import address; from app.config import Settings; own = Settings.from_env(); web.build_opener(web.ProxyHandler({})).open(address(own.host, own.port) + '/healthz', timeout=2)"]

CMD ["gunicorn", "app.wsgi:server"]
