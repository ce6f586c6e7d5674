# Hai chặng: chặng đầu cài thư viện và gom tệp tĩnh, chặng sau chỉ chép kết quả. Không còn pip, trình biên dịch hay bộ đệm trong ảnh cuối.
ARG PYTHON=3.13-slim-trixie
ARG POSTGRES=16-trixie

# --- chương trình sao lưu cùng phiên bản với máy chủ: bản mới hơn ghi lệnh mà máy chủ cũ không hiểu
FROM postgres:${POSTGRES} AS postgres

# --- thư viện và mã nguồn
FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv --without-pip /opt/venv
COPY requirements/runtime.lock /tmp/runtime.lock
RUN python -m pip --python /opt/venv/bin/python install --require-hashes --only-binary=:all: -r /tmp/runtime.lock
WORKDIR /app
COPY . /app
# Khóa bí mật ở đây chỉ để gom tệp tĩnh, không đi vào ảnh; fonts/pdf do WeasyPrint đọc thẳng từ mã nguồn.
RUN DANVAN_PRODUCTION=1 SECRET_KEY=only-for-collectstatic DATABASE_URL=postgres://nobody@nowhere/none CELERY_BROKER_URL=redis://nowhere/0 \
    /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 --ignore pdf \
    && mkdir -p var/private \
    && /opt/venv/bin/python -m compileall -q -j 0 /opt/venv danvan models_awards regulations supervision dialogues

# --- ảnh để chạy
FROM python:${PYTHON}
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libpq5 liblz4-1 libzstd1 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && python -m pip uninstall -y -q --root-user-action=ignore pip \
    && groupadd --gid 10001 danvan && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin danvan
COPY --from=postgres /usr/lib/postgresql/*/bin/pg_dump /usr/lib/postgresql/*/bin/pg_restore /usr/local/bin/
RUN pg_dump --version && pg_restore --version
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
RUN install -d -o danvan -g danvan -m 0750 /app/var/private /backup
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DANVAN_PRODUCTION=1 \
    XDG_CACHE_HOME=/tmp HOME=/tmp
WORKDIR /app
USER 10001:10001
VOLUME /app/var/private
EXPOSE 8000
CMD ["gunicorn", "danvan.wsgi", "--worker-class=gthread", "--workers=3", "--threads=4", "--no-control-socket"]
