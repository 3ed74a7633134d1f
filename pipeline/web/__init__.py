"""The workplace in the browser: `create_app` of `app` makes it, `serving` runs it.

What takes long is done by `worker`, a process of its own. From the ground up: `access` (who may do
what), `frame` (what stands around every page), `jobs` (work in the background), then a package for
each area, with its routes in `pages.py`; `api` is the same for programs. Templates and static files
bear the names of the areas.

How a page is added:

1. `area/pages.py` holds `router = APIRouter(include_in_schema=False)` and thin routes, each with
   the name `area.action`. A route asks for what it needs by type: `Working` is the workspace,
   `Signed` the person (`frame.state`). It ends in `render(request, "area.html", ...)`, or, after a
   POST, in `redirect(request, url(request, "area.page"), Message(thai, english))`
   (`frame.rendering`). Errors are raised, as WaraError: `frame.problems` makes the page or the
   JSON of them.
2. `access.permissions.PERMISSIONS` gets a line for every route, `app.ROUTERS` one for the router,
   and `frame.rendering.NAVIGATION` one for what stands in the header. The rest is done:
   `frame.guards` refuses by that table, checks tokens, and sets the headers.
3. `templates/area.html` extends `base.html` (blocks `title`, `main`, `scripts`) and takes its
   parts from `parts.html`. Every form that posts holds `{{ parts.token(csrf) }}`; scripts of ours
   send `token()` of `static/server.js` as a header. Nothing inline: no `style=`, no `onclick=`, no
   `<script>` with text. Thai stands first, English beside it: `{{ parts.both("ตรวจ", "Review") }}`.
4. What a person does is written down with `access.audit.did`, in the transaction that does it.

A body of more than `app.BODY_LIMIT` bytes needs `max_body_size` at its route.
"""
