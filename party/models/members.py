"""Who people are."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ground.prepared import Prepared, day, key
from party.models.places import Region
from party.permissions import sees_every_region


class MemberManager(BaseUserManager["Member"]):
    """Makes members, who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Make a member; raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Make a member who may do everything."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractUser):
    """A person with an account. Membership is special-category data: shown by role only."""

    username = None  # type: ignore[assignment]  # people sign in with their e-mail address
    email = models.EmailField(_("e-mail address"), unique=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    sessions_from = models.DateTimeField(
        _("signed out everywhere"), null=True, blank=True, editable=False
    )
    email_notices = models.BooleanField(_("notices by e-mail too"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = MemberManager()  # type: ignore[assignment,misc]  # Django's own asks for user names

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_unique",
                violation_error_message=_("Another member already uses this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold to be theirs: new with each password, and each time they
        sign out everywhere."""
        own = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # Django's own
        return f"{own}{self.sessions_from.timestamp()}" if self.sessions_from else own

    @cached_property
    def leads_regions(self) -> bool:
        """Whether the main navigation offers them the regions' pages."""
        if sees_every_region(self):
            return Region.objects.exists()
        return bool(LEADING(member=self.pk, on=timezone.localdate()))


LEADING: Prepared[tuple[int]] = Prepared(
    lambda: (
        apps.get_model("party", "Appointment")  # whose file needs this one
        .objects.leading(day("on"))
        .filter(member=key("member"))
        .values_list("pk")[:1]
    )
)
