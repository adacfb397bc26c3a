"""Three versions side by side: what an edit started from, the edit, and what came since."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ground.refusals import Refused
from media_pipeline.actions.captions.comparison import Comparison, compare, take_from
from media_pipeline.models import CaptionTrack
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.comparison import ComparedPassage, WordRun, spoken_text, word_runs
from media_pipeline.views.admin.captions.lookup import CaptionsPage, number_in
from media_pipeline.views.player import player_context
from party.permissions import signed_in

MINE, NEW, UNTOUCHED = "mine", "new", "untouched"


@dataclass(frozen=True)
class Row:
    """One passage that differs, as the page shows it; `choice` is what is preselected."""

    number: int
    time: str
    second: str
    change: str
    base: str
    mine: list[WordRun]
    new: list[WordRun]
    choice: str


class CompareView(CaptionsPage):
    """Shows where two versions differ and makes a draft of what the person chose."""

    template_name = "media_pipeline/admin/captions_compare.html"

    def get_page_title(self) -> str:
        return _("Compare captions")

    @cached_property
    def comparison(self) -> Comparison:
        visible = CaptionTrack.objects.visible_to(self.request.user).filter(film=self.film)
        tracks = visible.light().select_related("made_by")
        mine, new = self._asked(tracks, "mine"), self._asked(tracks, "new")
        if mine.pk == new.pk or mine.language != new.language:
            raise Http404
        mine.film = new.film = self.film
        return compare(mine, new)

    def _asked(self, tracks: Any, name: str) -> CaptionTrack:
        track = tracks.filter(pk=number_in(self.request.GET.get(name, ""))).first()
        if track is None:
            raise Http404
        return track

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comparison = self.comparison
        choices = {
            number: request.POST.get(f"passage-{number}", MINE)
            for number in range(len(comparison.passages))
        }
        try:
            take_from(
                comparison.mine,
                comparison.new,
                choices,
                token=request.POST.get("token", ""),
                by=signed_in(request),
            )
        except Refused as error:
            messages.error(request, error.sentence)
            return redirect(request.get_full_path())
        taken = sum(choice == NEW for choice in choices.values())
        said = ngettext(
            "A draft with %(count)s passage taken over is open below. Publish it when it is right.",
            "A draft with %(count)s passages taken over is open below. Publish it when it is "
            "right.",
            taken,
        )
        messages.success(request, said % {"count": taken})
        return redirect("films:captions", pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comparison = self.comparison
        preselected = self.request.GET.get("take", MINE)
        numbered = enumerate(comparison.passages)
        rows = [_row(n, one, preselected) for n, one in numbered if one.change != "none"]
        return super().get_context_data(
            **kwargs,
            film=self.film,
            comparison=comparison,
            rows=rows,
            same=len(comparison.passages) - len(rows),
            preselected=preselected,
            player=player_context(self.film),
        )


def _row(number: int, passage: ComparedPassage, preselected: str) -> Row:
    base, mine, new = spoken_text(passage.base), spoken_text(passage.mine), spoken_text(passage.new)
    untouched = preselected == UNTOUCHED and passage.change == "new"
    return Row(
        number=number,
        time=spoken_time(passage.start),
        second=f"{passage.start:.1f}",
        change=passage.change,
        base=base,
        mine=word_runs(base, mine) if passage.base else [WordRun(mine)],
        new=word_runs(base, new) if passage.base else word_runs(mine, new),
        choice=NEW if preselected == NEW or untouched else MINE,
    )
