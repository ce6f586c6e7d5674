# An empty variable counts as unset.
PYTHON := $(or $(PYTHON),python3)
BIN := .venv/bin
BOOTSTRAP := $(PYTHON) danvan/operations/bootstrap.py
PYTEST := $(BIN)/python -m pytest
# Each process has a PostgreSQL and a Redis of its own; neighbouring tests stay together, for they share what is dear to set up.
ON_ALL_CORES := -n auto --maxprocesses 4 --dist worksteal
UV := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check e2e matrix bench scan lock

help: ## danh sách các lệnh
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf 'make %-11s %s\n' "$$name" "$$text"; done

demo: ## chạy thử toàn bộ cổng trên máy này (PORT=8001, DEMO_PASSWORD=…, DEMO_UNTIL=2026 TODAY=2026-03-02 hoặc DEMO_PROFILE=city-2026 nếu cần); Ctrl-C để dừng
	@$(BOOTSTRAP)
	@DANVAN_DEMO=1 DATABASE_URL= CELERY_BROKER_URL= exec $(BIN)/python manage.py demo_serve

demo-reset: ## xóa dữ liệu chạy thử; lần `make demo` sau làm lại từ đầu
	@$(PYTHON) danvan/operations/reset.py

test: ## toàn bộ kiểm thử: một lượt trên PostgreSQL và Redis thật, một lượt trên SQLite
	@$(BOOTSTRAP) --dev --tests
	@status=0; \
	$(PYTEST) $(ON_ALL_CORES) || status=1; \
	$(PYTEST) $(ON_ALL_CORES) --embedded -m embedded || status=1; \
	exit $$status

check: ## soát mã: định dạng, lỗi, kiểu, kiến trúc, lỗ hổng, mẫu trang, migration, tài liệu sinh tự động
	@$(BOOTSTRAP) --dev --scan
	@status=0; \
	run() { printf '== %s\n' "$$*"; "$$@" || { status=1; printf 'KHÔNG ĐẠT: %s\n' "$$*"; }; }; \
	run $(BIN)/ruff check .; \
	run $(BIN)/ruff format --check .; \
	run $(BIN)/djlint --quiet --lint templates; \
	run $(BIN)/mypy; \
	run $(BIN)/lint-imports --no-cache; \
	run .venv/scan/bin/python tests/scan/code.py; \
	run $(BIN)/python manage.py check; \
	run $(BIN)/python manage.py makemigrations --check --dry-run; \
	run $(BIN)/python manage.py states_doc --check; \
	run $(BIN)/python manage.py rights_doc --check; \
	exit $$status

e2e: ## các câu chuyện trên trình duyệt; thêm ARGS="-m smoke" để chạy nhanh
	@$(BOOTSTRAP) --dev --tests --browser
	@$(PYTEST) tests/e2e $(ARGS)

matrix: ## toàn bộ ma trận truy cập: mọi địa chỉ × mọi vai trò × mọi đơn vị × mọi phương thức; thêm ARGS="-k quan" để đi một phần
	@$(BOOTSTRAP) --dev --tests
	@DANVAN_MATRIX=full $(PYTEST) $(ON_ALL_CORES) tests/scoping $(ARGS)

bench: ## bảng đo tốc độ (docs/testing.md, mục Đo tốc độ); thêm ARGS="-k pages" để đo một phần
	@$(BOOTSTRAP) --dev --tests
	@$(PYTEST) tests/benchmarks -q $(ARGS)

scan: ## thử tấn công cổng đang chạy bằng wapiti và sqlmap (không thuộc .ci/run)
	@$(BOOTSTRAP) --dev --crawl
	@$(BIN)/python -m tests.scan.portal

lock: ## khóa lại phiên bản thư viện trong requirements/
	@$(BOOTSTRAP) --dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(UV) -o requirements/runtime.lock
	$(UV) --extra dev -c requirements/runtime.lock -o requirements/dev.lock
	for group in scan crawl; do $(UV:pyproject.toml=) --group $$group -o requirements/$$group.lock || exit 1; done
