"""The steps in a card's life, taken in the admin."""

from django.urls import reverse

from tests.factories.library import make_card


def test_each_step_of_a_cards_life_is_taken_in_the_admin(admin):
    card, new = make_card(), make_card("new")

    def take(name: str, **given) -> str:
        admin.post(reverse(f"factcard:{name}", args=[card.pk]), given)
        card.refresh_from_db()
        return card.state

    assert take("review", reason="The table moved.") == "review"
    assert take("confirm", as_at="2026-11-20", review_by="2026-11-20") == "review"
    assert take("confirm", as_at="2026-11-20", review_by="2027-11-20") == "live"
    assert take("supersede", by_card=card.pk) == "live"
    assert take("supersede", by_card=new.pk) == "superseded"
    edit = admin.get(reverse("factcard:edit", args=[card.pk]))
    assert edit.headers["Location"] == reverse("factcard:preview", args=[card.pk])
    assert take("withdraw", reason="Wrong.") == "withdrawn"


def test_a_card_is_withdrawn_after_giving_a_reason(admin):
    card = make_card()
    address = reverse("factcard:withdraw", args=[card.pk])
    assert address in admin.get(reverse("factcard:index")).content.decode()
    assert address in admin.get(reverse("factcard:edit", args=[card.pk])).content.decode()

    refused = admin.post(address, {"reason": ""})
    card.refresh_from_db()
    assert (refused.context["form"].errors["reason"], card.withdrawn_at) == (
        ["This field is required."],
        None,
    )

    admin.post(address, {"reason": "The Act was repealed."})
    card.refresh_from_db()
    assert card.withdrawal_reason == "The Act was repealed."
    assert address not in admin.get(reverse("factcard:index")).content.decode()
