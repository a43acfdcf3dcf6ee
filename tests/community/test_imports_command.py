"""The command: the same plan, the same act."""

import pytest
from django.core.management import CommandError, call_command

from community.models import Event, Home
from tests.factories import community as make

from .neighbourhoods import neighbourhood
from .sheets import HEADERS, csv_file, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return neighbourhood(make.unit("street"), "本")


def write(path, *rows, name="a.xlsx"):
    content = [HEADERS["homes"], *rows]
    file = path / name
    file.write_bytes(xlsx(content) if name.endswith("xlsx") else csv_file(content))
    return str(file)


def run(capsys, *arguments) -> str:
    call_command("import_register", *arguments)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_shown_first_imported_when_confirmed_and_nothing_the_second_time(own, tmp_path, capsys, name):
    file = write(tmp_path, ["本小区", "本楼", "", "7", "80"], ["本小区", "本楼", "1单元", "本1", "80"], name=name)
    arguments = ("homes", file, "--community", own.community.code)
    assert "1" in run(capsys, *arguments) and not Home.objects.filter(number="7").exists()
    told = run(capsys, *arguments, "--confirm", "--reason", "清册")
    assert "100%" in told and Home.objects.filter(number="7").exists()
    event = Event.objects.get(verb="homes.import")
    assert (event.actor, event.channel, event.reason) == (None, "import", "清册")
    run(capsys, *arguments, "--confirm")
    assert Event.objects.filter(verb="homes.import").count() == 1


def test_faults_end_with_a_sentence_and_a_status(own, tmp_path, capsys):
    file = write(tmp_path, *(["本小区", "本楼", "", str(number), "八十"] for number in range(25)))
    with pytest.raises(CommandError) as error:
        call_command("import_register", "homes", file, "--community", own.community.code, "--confirm")
    assert "5" in str(error.value).splitlines()[-1] and len(str(error.value).splitlines()) == 21
    for arguments in (
        ("homes", file, "--community", "nowhere"),
        ("homes", str(tmp_path / "none.xlsx"), "--community", own.community.code),
        ("homes", str(tmp_path), "--community", own.community.code),
        ("homes", file, "--community", own.grid.code),
        ("animals", file, "--community", own.community.code),
    ):
        with pytest.raises(CommandError):
            call_command("import_register", *arguments)
