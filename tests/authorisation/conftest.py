"""The scene on which rights are tried: set once, and put back to where it was after each test."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.authorisation.scene import Scene, set_scene
from tests.conversations.conftest import empty_database, open_stage

__all__ = ["empty_database"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and "scene" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def one_scene(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> AsyncIterator[Scene]:
    """All roles on stage while October's form is open."""
    folder = tmp_path_factory.mktemp("authorisation")
    async with open_stage(folder, empty_database) as stage:
        scene = await set_scene(stage, folder / "stage.sqlite3")
        # Else the collector looks through all that stands on the stage again and again: a quarter of the time.
        gc.freeze()
        yield scene
        gc.unfreeze()
        scene.database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scene(one_scene: Scene) -> AsyncIterator[Scene]:
    """The same, for one test."""
    await one_scene.go_to("month")
    yield one_scene
