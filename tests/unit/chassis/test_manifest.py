from importlib.metadata import entry_points

import pytest

from services.chassis import manifest


def add_service(folder, name, reference):
    """Installs a distribution that has this entry point."""
    metadata = folder / f"{name}-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(f"[{manifest.ENTRY_POINTS}]\n{name} = {reference}\n")


def test_service_whose_code_is_not_in_this_installation_is_known_and_left_out(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    add_service(tmp_path, "kitchen", "services.kitchen.manifest:MANIFEST")
    assert "kitchen" in manifest.service_names()
    assert manifest.installed().keys() == manifest.service_names() - {"kitchen"}
    with pytest.raises(manifest.UnknownService, match="kitchen"):
        manifest.named("kitchen")


def test_service_whose_code_is_broken_is_not_left_out(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "kitchen").mkdir()
    (tmp_path / "kitchen/__init__.py").touch()
    (tmp_path / "kitchen/manifest.py").write_text("import no_such_library\n")
    add_service(tmp_path, "kitchen", "kitchen.manifest:MANIFEST")
    assert "kitchen" in entry_points(group=manifest.ENTRY_POINTS).names
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        manifest.installed()
