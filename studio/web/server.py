"""The page on a loopback port: routes, mounting, an orderly start and end."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import InputError
from studio.service.studio import Studio
from studio.web.app import build
from studio.web.closing import Closing, server
from studio.web.deliveries import Deliveries, chunks
from studio.web.guard import Guard
from studio.web.handlers import Desk
from studio.web.jobs import Productions
from studio.web.listening import Listening
from studio.web.listening_view import BLIND_ROUTE
from studio.web.theme import STATIC, STATIC_ROUTE, STYLE_SHEET, head, theme
from studio.web.views import ROUTE

if TYPE_CHECKING:
    from fastapi import FastAPI

MOST_UPLOADED = "20mb"
PATIENCE_S = 20.0
"""How long the end waits for open requests, and for the production at work to stop."""


def serve(studio: Studio, host: str, port: int, home: Path) -> None:
    """Serves until stopped, delivering into `home`; raises InputError `serve.port_taken`.

    The framework keeps its files where GRADIO_TEMP_DIR says, which the caller sets under STUDIO_HOME.
    """
    import uvicorn

    deliveries = Deliveries(home / "deliveries")
    productions = Productions()
    closing = asyncio.Event()
    listening = bound(host, port)

    def before_end() -> None:
        closing.set()
        productions.stop()

    try:
        app = make_app(Desk(studio, deliveries, productions), host, closing)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=round(PATIENCE_S), server_header=False
        )
        server(config, before_end).run(sockets=[listening])
    finally:
        productions.close(PATIENCE_S)
        listening.close()


def bound(host: str, port: int) -> socket.socket:
    """A socket listening on the address; raises InputError `serve.port_taken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        # A port just left may be taken again at once; on Windows the same word would let two programs share it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(64)
    except OSError as error:
        listening.close()
        raise InputError("serve.port_taken", host=host, port=port) from error
    return listening


def make_app(desk: Desk, host: str, closing: asyncio.Event) -> FastAPI:
    """The application: health, the page's own files, deliveries, and the page itself at the root."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Closing, event=closing)
    app.add_middleware(Guard, hosts={"127.0.0.1", "localhost", "::1", host})
    _add_routes(app, desk.deliveries, desk.listening)
    app.mount(STATIC_ROUTE, StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        app,
        build(desk),
        path="/",
        server_name=host,
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        allowed_paths=[str(desk.deliveries.folder)],
        max_file_size=MOST_UPLOADED,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=theme(),
        css_paths=[STYLE_SHEET],
        head=head(),
    )
    return app


def _add_routes(app: FastAPI, deliveries: Deliveries, listening: Listening) -> None:
    from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, StreamingResponse

    from studio.web.handlers import words_of

    def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    def zipped(name: str) -> StreamingResponse:
        archive = deliveries.zipped(name)
        disposition = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return StreamingResponse(chunks(archive), media_type="application/zip", headers=disposition)

    def file(name: str, file: str) -> FileResponse:
        # Asked again each time: a delivery made anew keeps its names.
        return FileResponse(deliveries.file(name, file), headers={"Cache-Control": "no-cache"})

    def blind(token: str) -> FileResponse:
        # Kept nowhere: what was heard blind is not to be recognised by its address.
        return FileResponse(listening.sound(token), headers={"Cache-Control": "no-store"}, media_type="audio/flac")

    def gone(_request: object, error: Exception) -> PlainTextResponse:
        return PlainTextResponse(words_of(error) if isinstance(error, InputError) else "", status_code=404)

    app.add_exception_handler(InputError, gone)
    app.add_api_route("/healthz", health, response_model=None)
    app.add_api_route(f"{BLIND_ROUTE}/{{token}}", blind, response_model=None)
    app.add_api_route(f"{ROUTE}/{{name}}.zip", zipped, response_model=None)
    app.add_api_route(f"{ROUTE}/{{name}}/{{file}}", file, response_model=None)
