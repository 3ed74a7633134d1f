"""The API for programs, under /api: the same permissions as the pages, by a bearer token."""

from __future__ import annotations

from pipeline.web.api import (
    documents as api_documents,
)
from pipeline.web.api import (
    jobs as api_jobs,
)
from pipeline.web.api import (
    models as api_models,
)
from pipeline.web.api import (
    rounds as api_rounds,
)
from pipeline.web.api import (
    search as api_search,
)

TITLE = "wara วาระ"
DESCRIPTION = """
เอกสาร ค้นหา รอบ การนำเข้า งานเบื้องหลัง และโมเดลของโฟลเดอร์งาน สิทธิ์เท่ากับหน้าเว็บ
ใช้โทเคนจากหน้า “บัญชีของฉัน” ส่งเป็น `Authorization: Bearer TOKEN`

Documents, search, rounds, uploads, background jobs and models of the workspace, with the same
permissions as the pages. Send a token from the page “My account” as `Authorization: Bearer TOKEN`.
Every error has the shape `{"error": {"status", "code", "th", "en"}}`; lists take `limit` and
`offset`.
"""
TAGS = [
    {"name": "documents", "description": "เอกสารและการตัดสิน · documents and decisions"},
    {"name": "search", "description": "ค้นหา · search"},
    {"name": "rounds", "description": "รอบการส่ง · rounds of submissions"},
    {"name": "jobs", "description": "นำเข้าและงานเบื้องหลัง · uploads and background jobs"},
    {"name": "models", "description": "โมเดล · models"},
]
ROUTERS = tuple(
    module.router for module in (api_documents, api_search, api_rounds, api_jobs, api_models)
)
