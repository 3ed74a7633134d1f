"""The workplace in the browser: `create_app` of `app` makes it, `serving` runs it.

How a page is added:

1. `pages/area.py` holds `router = APIRouter(include_in_schema=False)` and thin routes, each with
   the name `area.action`. A route asks for what it needs by type: `Working` is the workspace,
   `Signed` the person (`state`). It ends in `render(request, "area.html", ...)`, or, after a POST,
   in `redirect(request, url(request, "area.page"), Message(thai, english))` (`rendering`).
   Errors are raised, as WaraError: `problems` makes the page or the JSON of them.
2. `permissions.PERMISSIONS` gets a line for every route, `app.ROUTERS` one for the router, and
   `rendering.NAVIGATION` one for what stands in the header. The rest is done: `guards` refuses by
   that table, checks tokens, and sets the headers.
3. `templates/area.html` extends `base.html` (blocks `title`, `main`, `scripts`) and takes its
   parts from `parts.html`. Every form that posts holds `{{ parts.token(csrf) }}`; scripts of ours
   send it by `send` of `static/base.js`. Nothing inline: no `style=`, no `onclick=`, no `<script>`
   with text. Thai stands first, English beside it: `{{ parts.both("ตรวจ", "Review") }}`.
4. What a person does is written down with `audit.record`, in the transaction that does it.

A body of more than `app.BODY_LIMIT` bytes needs `max_body_size` at its route.
"""
