"""The archive on GitHub: what its workflows run beyond ``factbook``. Standard library only.

``collect`` runs beside a stranger's change, without rights. ``comment``, ``pull_request`` and ``issue`` write to
GitHub, and neither run nor check out a change. Below them: ``api``, ``markdown``, ``review`` and ``suggestion``.
"""
