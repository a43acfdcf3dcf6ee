"""Any sequence of edits of a request can be read back: every version whole, in order, whatever was typed."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.refusals import ActionRefused
from tests.factories import community as make
from tests.factories import renovation as factory
from workflows.actions.requests import change_request, snapshot
from workflows.models import RenovationRequest
from workflows.querysets.versions import versions_of

pytestmark = pytest.mark.django_db

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
MONEY = st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "problem": TEXT,
        "plan": TEXT,
        "budget": st.none() | MONEY,
        "measure": st.none() | st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2),
        "category": st.sampled_from(RenovationRequest.Category.values),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, max_size=6))
def test_any_sequence_of_edits_is_read_back_version_by_version(db, edits):
    here = factory.neighbourhood(prefix="ZZ")
    request = factory.submitted(here)
    written = [snapshot(RenovationRequest.objects.get(pk=request.pk))]
    for values in edits:
        try:
            changed = change_request(
                make.context(here.officer), request=request, read_version=len(written), values=values
            )
        except ActionRefused:
            continue
        written.append(snapshot(changed))
    found = versions_of(request)
    assert [version.number for version in found] == list(range(1, len(written) + 1))
    for version, values in zip(found, written, strict=True):
        content = {name.removesuffix("_id"): value for name, value in version.content.items()}
        assert content == values
