"""An owners' vote as people meet it: drafted and opened by two, voted on, counted, found in the list."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.actions.site import open_page, set_up_site
from tests.factories import balloting as factory
from tests.factories import community as make
from tests.factories import renovation as build
from tests.factories.balloting import NO
from tests.workflows.desk import address_of, fill, signed_in, soup, text
from workflows.actions.balloting import check_code, paper_code, replace_paper
from workflows.actions.evidence import confirm_evidence
from workflows.actions.pages import draft_project_page
from workflows.admin.views import address_of as admin_address
from workflows.models import Ballot, CastVote, CountedVote, PaperVote, ProjectPage
from workflows.rules import codes, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    people = build.neighbourhood()
    set_up_site()
    open_page(make.SYSTEM, unit=people.community)
    return people


@pytest.fixture
def ballot(here):
    return factory.opened(here)


def link(ballot, number=1) -> str:
    return reverse("vote", args=[paper_code(ballot, number)])


def published(ballot) -> ProjectPage:
    page = ProjectPage.objects.filter(request=ballot.request).first() or draft_project_page(ballot.request)
    page.get_latest_revision().publish(skip_permission_checks=True)
    return ProjectPage.objects.get(pk=page.pk)


def page_of(ballot, client=None, prefix="/en", query=""):
    address = f"{prefix}{published(ballot).url}votes/{ballot.reference}/{query}"
    return (client or Client()).get(address)


class TestOnline:
    def vote(self, client, address, choice="agree"):
        page = client.get(address)
        check = client.post(address, fill(page, choice=choice))
        return check, client.post(address, fill(check, checked="1"))

    def test_from_the_link_to_the_check_code(self, ballot):
        client = Client()
        page = client.get(link(ballot))
        assert "1 home, 100.00 m²" in text(Client().get("/en" + link(ballot)))
        assert "101" not in text(page) and page["Cache-Control"].count("no-store")
        check, sent = self.vote(client, link(ballot), "against")
        assert "不同意" in soup(check).select_one(".lede").text
        assert CastVote.objects.count() == 1
        done = client.get(sent.url)
        assert codes.shown(check_code(ballot, 1)) in text(done)
        assert "不同意" not in text(done)
        assert codes.shown(check_code(ballot, 1)) in text(Client().get(link(ballot)))

    def test_nothing_is_cast_before_it_was_looked_at_once_more(self, ballot):
        client = Client()
        page = client.get(link(ballot))
        given = fill(page, choice="agree")
        assert client.post(link(ballot), given).status_code == 200
        back = client.post(link(ballot), {**given, "back": "1"})
        assert back.status_code == 200 and soup(back).select_one("input[name=choice][value=agree]").has_attr("checked")
        assert not CastVote.objects.exists()

    def test_sending_twice_is_one_vote_and_a_used_link_says_so(self, ballot):
        client = Client()
        check = client.post(link(ballot), fill(client.get(link(ballot)), choice="agree"))
        given = fill(check, checked="1")
        assert [client.post(link(ballot), given).status_code for _time in range(2)][0] == 302
        assert CastVote.objects.count() == 1
        again = Client().get(link(ballot))
        assert not soup(again).select("main form")
        assert Client().post(link(ballot), {**given, "submission_key": uuid.uuid4()}).status_code == 200
        assert CastVote.objects.count() == 1

    @pytest.mark.parametrize("typed", ["", "perhaps", "agree,against"])
    def test_what_is_no_vote_stands_beside_the_question(self, ballot, typed):
        client = Client()
        answer = client.post(link(ballot), fill(client.get(link(ballot)), choice=typed))
        assert answer.status_code == 422
        assert soup(answer).select_one("[role=alert]")
        assert not CastVote.objects.exists()

    def test_after_the_end_the_link_says_when_it_ended(self, ballot):
        ballot.history.model  # noqa: B018 - the row below is changed as the clock would
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
        page = Client().get("/en" + link(ballot))
        assert "The time for voting is over since" in text(page)
        assert not soup(page).select("main form")

    def test_a_replaced_paper_and_an_unknown_code_open_nothing(self, here, ballot):
        replace_paper(make.context(here.grid_worker), paper=factory.paper_of(ballot, 1))
        assert "was replaced" in text(Client().get("/en" + link(ballot)))
        assert Client().get("/v/7HKQ4MNP2XYZ/").status_code == 404
        assert Client().get("/v/x/").status_code == 404

    def test_where_it_may_be_changed_the_new_vote_takes_the_place_of_the_old(self, here):
        changeable = factory.opened(here, may_change=True)
        client = Client()
        self.vote(client, link(changeable), "agree")
        assert "takes its place" in text(client.get("/en" + link(changeable)))
        self.vote(client, link(changeable), "against")
        assert CastVote.objects.count() == 2
        factory.counted(here, changeable)
        assert CountedVote.objects.get().choice == "against"

    def test_a_program_that_fills_every_field_casts_nothing(self, ballot):
        client = Client()
        given = fill(client.get(link(ballot)), choice="agree", website="spam", checked="1")
        assert client.post(link(ballot), given).status_code == 200
        assert not CastVote.objects.exists()


class TestPublicPage:
    def test_while_it_runs_everybody_reads_who_took_part_and_nobody_what_was_said(self, here, ballot):
        factory.vote(ballot, 1)
        factory.vote(ballot, 2, NO)
        shown = text(page_of(ballot))
        assert "2 of 6" in shown and "200.00 m² of 600.00 m²" in shown
        assert "needed: at least 2/3" in shown and "at least 3/4 of those who take part" in shown
        assert "stays sealed" in shown and check_code(ballot, 1)[:4] not in shown
        project = text(Client().get("/en" + published(ballot).url))
        assert ballot.question in project and "Vote until" in project

    def test_yes_and_no_are_shown_where_the_community_decided_so(self, here):
        shown = factory.opened(here, shows_split=True)
        factory.vote(shown, 1, NO)
        rows = {row.dt.text: row.dd.text for row in soup(page_of(shown)).select("dl.summary div")}
        assert (rows["Yes"], rows["No"]) == ("0", "1")

    def test_once_counted_every_figure_stands_there_and_each_finds_their_own(self, here, ballot):
        for number in (1, 2, 3, 4):
            factory.vote(ballot, number)
        factory.on_paper(here, ballot, 5, NO)
        confirm_evidence(make.context(here.secretary), evidence=factory.counted(here, ballot))
        ballot.refresh_from_db()
        page = page_of(ballot)
        shown = text(page)
        assert "The vote has passed." in shown and "4 of 5" in shown and "5 of 6" in shown
        assert len(soup(page).select("tbody tr")) == 5
        own = page_of(ballot, query=f"?code={codes.shown(check_code(ballot, 5)).lower()}")
        assert "No · On paper · 100.00 m²" in soup(own).select_one("[role=status]").text
        assert "not in the list" in text(page_of(ballot, query="?code=7HKQ-4MNP-2XYZ"))
        listed = Client().get(soup(page).select_one("a[href$='/list/']")["href"])
        assert listed["Content-Type"].startswith("text/plain") and listed.content.count(b",agree,") == 4
        script = soup(page).select_one("a[href*='recount_vote']")["href"]
        assert script.startswith("/static/")

    def test_a_vote_with_too_few_says_that_nothing_is_decided(self, here, ballot):
        factory.vote(ballot, 1)
        confirm_evidence(make.context(here.secretary), evidence=factory.counted(here, ballot))
        ballot.refresh_from_db()
        assert "Too few took part" in text(page_of(ballot))

    def test_a_draft_and_a_list_before_the_count_are_not_found(self, here, ballot):
        base = published(ballot).url
        assert Client().get(f"{base}votes/{ballot.reference}/list/").status_code == 404
        other = factory.drafted(here, of=ballot.estate)
        assert Client().get(f"{base}votes/{other.reference}/").status_code == 404

    def test_reading_it_takes_a_bounded_number_of_statements(self, here, ballot, django_assert_max_num_queries):
        for number in range(1, 7):
            factory.vote(ballot, number)
        factory.counted(here, ballot)
        address = f"{published(ballot).url}votes/{ballot.reference}/"
        Client().get(address)
        with django_assert_max_num_queries(18):
            Client().get(address)


class TestDesk:
    def test_a_paper_comes_back_is_entered_and_compared_by_another(self, here, ballot):
        worker, officer = signed_in(here.grid_worker), signed_in(here.officer)
        at = [*address_of(ballot.request), ballot.reference]
        request_page = worker.get(reverse("desk-request", args=address_of(ballot.request)))
        assert soup(request_page).select_one(f"a[href='{reverse('desk-ballot', args=at)}']")
        target = reverse("desk-paper-enter", args=at)
        typed = {"serial": papers.shown(2), "choice": "against", "scan": build.picture()}
        sent = worker.post(target, {**fill(worker.get(target)), **typed})
        assert sent.status_code == 302, text(sent)
        row = PaperVote.objects.get()
        assert papers.shown(2) in text(officer.get(reverse("desk-ballot", args=at)))
        look = reverse("desk-second-look", args=[*address_of(ballot.request), "papervote", row.reference])
        compare = officer.get(look).url
        assert "Entered as No" in text(officer.get(compare))
        assert "yourself" in text(worker.get(compare)) and worker.post(compare, {}).status_code == 422
        assert officer.post(compare, fill(officer.get(compare))).status_code == 302
        assert CastVote.objects.get().channel == "paper"
        again = worker.post(target, {**fill(worker.get(target)), **typed, "scan": build.picture()})
        assert again.status_code == 422 and "entered already" in soup(again).select_one("#id_serial_error").text

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"serial": "0002-9X"}, "serial"), ({"choice": ""}, "choice"), ({"scan": ""}, "scan"),
            ({"received_on": "2020-01-01"}, "received_on"), ({"received_time": "25:00"}, "received_time"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(self, here, ballot, changed, field):
        worker = signed_in(here.grid_worker)
        target = reverse("desk-paper-enter", args=[*address_of(ballot.request), ballot.reference])
        typed = {"serial": papers.shown(3), "choice": "agree", "scan": build.picture(), **changed}
        answer = worker.post(target, {**fill(worker.get(target)), **typed})
        assert answer.status_code == 422
        assert soup(answer).select_one(f"#id_{field}_error")
        assert soup(answer).select_one("#id_serial")["value"] == typed["serial"]
        assert not PaperVote.objects.exists()

    def test_an_entry_that_is_wrong_is_taken_back_with_a_reason(self, here, ballot):
        row = factory.entered(here, ballot, 1)
        officer = signed_in(here.officer)
        compare = reverse("desk-paper", args=[*address_of(ballot.request), ballot.reference, row.reference])
        assert officer.post(compare, {"withdraw": "1", "reason": ""}).status_code == 422
        assert officer.post(compare, {"withdraw": "1", "reason": "勾的是另一项"}).status_code == 302
        row.refresh_from_db()
        assert row.status == "withdrawn" and not CastVote.objects.exists()

    def test_a_lost_paper_is_replaced_by_one_to_print(self, here, ballot):
        worker = signed_in(here.grid_worker)
        target = reverse("desk-paper-lost", args=[*address_of(ballot.request), ballot.reference])
        assert worker.post(target, {"serial": "0001-Z"}).status_code == 422
        printed = worker.post(target, {"serial": papers.shown(1)})
        assert papers.shown(7) in text(printed) and len(soup(printed).select("svg.qr")) == 1
        assert "no-store" in printed["Cache-Control"]


class TestAdmin:
    def test_staff_draft_another_opens_prints_and_counts(self, here):
        request = factory.request(here)
        place = factory.estate(here)
        officer, secretary = signed_in(here.officer), signed_in(here.secretary)
        assert soup(officer.get(admin_address(request))).select_one("a[href$='votes/new/']")
        end = timezone.localtime() + timedelta(days=7)
        data = {
            "submission_key": str(uuid.uuid4()), "question": "同意加装电梯吗？", "yes_means": "每户 1.2 万元。",
            "no_means": "不装。", "estate": place.pk, "building": "", "entrance": "", "which_counts": "paper",
            "closes_at": f"{end:%Y-%m-%d %H:%M}", "reason": "",
        }  # fmt: skip
        wrong = officer.post(admin_address(request, "ballot_new"), {**data, "entrance": "1单元"})
        assert wrong.status_code == 422 and "building" in wrong.context["form"].errors
        made = officer.post(admin_address(request, "ballot_new"), data)
        assert made.status_code == 302, made.context["form"].errors
        ballot = Ballot.objects.get()
        assert "6, if it were opened now" in text(officer.get(made.url))
        opening = admin_address(request, "ballot_do", ballot.reference, "open")
        own = officer.post(opening, {"reason": ""})
        assert own.status_code == 422 and "yourself" in text(own)
        assert secretary.post(opening, {"reason": ""}).status_code == 302
        printed = officer.post(admin_address(request, "ballot_papers", ballot.reference), {"reason": ""})
        sheets = soup(printed).select(".slip")
        assert len(sheets) == 6 and len(soup(printed).select("svg.qr")) == 6
        found = re.search(r"/v/([0-9A-Z]{12})/", str(printed.content))
        assert found is None, "the link is in the code to scan only"
        factory.vote(ballot, 1)
        ballot = factory.end(ballot)
        page = text(officer.get(made.url))
        assert "Voted online" in page and "Not back yet" in page
        assert officer.post(admin_address(request, "ballot_do", ballot.reference, "count"), {}).status_code == 302
        ballot.refresh_from_db()
        assert ballot.state == "counted" and ballot.result.owners_taking_part == 1

    def test_calling_off_wants_a_reason(self, here, ballot):
        officer = signed_in(here.officer)
        target = admin_address(ballot.request, "ballot_do", ballot.reference, "cancel")
        assert officer.post(target, {"reason": ""}).status_code == 200
        assert officer.post(target, {"reason": "方案撤回"}).status_code == 302
        ballot.refresh_from_db()
        assert ballot.state == "cancelled"
        assert officer.get(admin_address(ballot.request, "ballot_do", ballot.reference, "explode")).status_code == 404
