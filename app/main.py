"""The ASGI application for a server: ``uvicorn --factory app.main:create``."""

from fastapi import FastAPI

from app import logs
from app.bootstrap import service
from app.settings import Settings


def create() -> FastAPI:
    """Return the application with the settings of the environment."""
    settings = Settings()
    logs.configure(settings.log_level, settings.log_format)
    return service(settings)
