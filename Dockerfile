FROM node:24-slim AS page
WORKDIR /src/app/web
COPY app/web/package.json app/web/package-lock.json app/web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY app/web ./
RUN npm run build

FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/evipath
COPY requirements.txt ./
RUN /opt/evipath/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=page /src/app/web/static app/web/static
RUN /opt/evipath/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 evipath \
    && install -d -o evipath -g evipath /data
COPY --from=build /opt/evipath /opt/evipath
ENV PATH=/opt/evipath/bin:$PATH \
    EVIPATH_DATA_DIR=/data \
    EVIPATH_HOST=0.0.0.0 \
    EVIPATH_PORT=8000 \
    EVIPATH_LOG_FORMAT=json
USER evipath
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/api/v1/readyz', timeout=4)"]
CMD ["evipath", "serve"]
