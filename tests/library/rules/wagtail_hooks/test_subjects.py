"""The librarian puts the subject index right in the admin."""

from django.urls import reverse

from library.rules.models import Subject


def test_the_librarian_mends_a_subject_in_the_admin(client, editor, book):
    client.force_login(editor)
    subject = Subject.objects.get(name="Quorum")
    address = reverse("subject:edit", args=[subject.pk])
    assert "4.II" in client.get(address).content.decode()

    refused = client.post(address, {"name": "Quorums", "citations": "4.IX"})
    assert "has no 4.IX" in refused.content.decode()
    client.post(address, {"name": "Quorums", "citations": "4.II\n4.II.1"})

    subject.refresh_from_db()
    assert (subject.name, subject.entries.count()) == ("Quorums", 2)
