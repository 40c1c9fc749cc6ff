"""What the gallery's return says, row by row, as it must stand in the warehouse: Tây Hồ, 8 wards."""

from datetime import date
from typing import Any

from tests.intake.returns import activities, communes, info, outstanding, petitions, posts, villages

Rows = dict[str, list[dict[str, Any]]]
ARRIVED = "2021-04-03"


def true_info() -> dict[str, Any]:
    """Sheet 00."""
    return info(period="2021-03", as_of=date(2021, 3, 24))


def true_rows() -> Rows:
    """The rows of sheets 01 to 06; a thousand households and more, so that dots are typed between them."""
    return {
        "commune": communes(),
        "village": [row | {"households": row["households"] + 1000} for row in villages()],
        "post": posts(),
        "outstanding": [
            row | dict.fromkeys(("obstacle_text", "action", "owner_role"), None) for row in outstanding()
        ],
        "petition": petitions(),
        "activity": activities(),
    }
