"""The actions of a person's own calendar and of the year overview; `hrtui.actions` has them all."""

from __future__ import annotations

from hrtui.action import Action
from hrtui.i18n import N_

_CALENDAR = N_("Person's calendar")
_YEAR = N_("Year overview")

PERSON_CALENDAR = (
    Action("calendar.left", "calendar", N_("Left"), N_("One day back"), _CALENDAR),
    Action("calendar.right", "calendar", N_("Right"), N_("One day on"), _CALENDAR),
    Action("calendar.up", "calendar", N_("Up"), N_("One row up"), _CALENDAR),
    Action("calendar.down", "calendar", N_("Down"), N_("One row down"), _CALENDAR),
    Action("calendar.first_day", "calendar", N_("First day"), N_("To the first day of the month"), _CALENDAR),
    Action("calendar.last_day", "calendar", N_("Last day"), N_("To the last day of the month"), _CALENDAR),
    Action("calendar.month_prev", "calendar", N_("Previous month"), N_("Show the month before"), _CALENDAR),
    Action("calendar.month_next", "calendar", N_("Next month"), N_("Show the month after"), _CALENDAR),
    Action(
        "calendar.person_prev", "calendar", N_("Previous person"), N_("Same month, person before"), _CALENDAR
    ),
    Action("calendar.person_next", "calendar", N_("Next person"), N_("Same month, person after"), _CALENDAR),
    Action(
        "calendar.toggle", "calendar", N_("Month or year"), N_("Switch between month and year"), _CALENDAR
    ),
    Action(
        "calendar.add",
        "calendar",
        N_("Add an entry…"),
        N_("Name or choose the type, then the hours; after digits: to that day"),
        _CALENDAR,
    ),
    Action(
        "calendar.half", "calendar", N_("Half day"), N_("Full day, morning, afternoon, full day"), _CALENDAR
    ),
    Action(
        "calendar.hours",
        "calendar",
        N_("Hours or several types"),
        N_("Type the day: 4 AD 4 KV, 1/2 VAK, 3,6u KV"),
        _CALENDAR,
    ),
    Action(
        "calendar.clear", "calendar", N_("Clear the day"), N_("Remove what is entered on the day"), _CALENDAR
    ),
    Action(
        "calendar.clear_back",
        "calendar",
        N_("Clear and step back"),
        N_("Empty the entry just made, or this day, and step back"),
        _CALENDAR,
    ),
    Action(
        "calendar.repeat", "calendar", N_("Repeat"), N_("Enter the last entry once more, here"), _CALENDAR
    ),
    Action(
        "calendar.history",
        "calendar",
        N_("History of the day"),
        N_("Who changed it, when, and how"),
        _CALENDAR,
    ),
    Action(
        "calendar.allowances",
        "calendar",
        N_("Allowances"),
        N_("What was granted and taken; adjust it"),
        _CALENDAR,
    ),
    Action("calendar.pay", "calendar", N_("Pay components"), N_("Those of the person this month"), _CALENDAR),
    Action(
        "calendar.pay_add",
        "calendar",
        N_("Add a pay component…"),
        N_("A bonus or the like: type and amount"),
        _CALENDAR,
    ),
    Action(
        "calendar.messages", "calendar", N_("Messages"), N_("Those about the person this month"), _CALENDAR
    ),
    Action(
        "calendar.message_add",
        "calendar",
        N_("Message to the provider…"),
        N_("About the person; goes with the month"),
        _CALENDAR,
    ),
    Action("calendar.sick", "calendar", N_("Report sick…"), N_("From this day on"), _CALENDAR),
    Action(
        "calendar.approve",
        "calendar",
        N_("Approve or refuse…"),
        N_("Requested leave that waits on this day"),
        _CALENDAR,
    ),
    Action(
        "calendar.unlock",
        "calendar",
        N_("Unlock…"),
        N_("The forwarded month, for a while"),
        _CALENDAR,
        "app.palette",
    ),
    Action("calendar.undo", "calendar", N_("Undo"), N_("Take back the last step"), _CALENDAR),
    Action("calendar.redo", "calendar", N_("Redo"), N_("Do the step again that was taken back"), _CALENDAR),
)

YEAR_OVERVIEW = (
    Action("year.left", "year", N_("Left"), N_("One month back"), _YEAR),
    Action("year.right", "year", N_("Right"), N_("One month on"), _YEAR),
    Action("year.up", "year", N_("Up"), N_("Previous person"), _YEAR),
    Action("year.down", "year", N_("Down"), N_("Next person"), _YEAR),
    Action("year.page_up", "year", N_("Page up"), N_("One screen of people up"), _YEAR),
    Action("year.page_down", "year", N_("Page down"), N_("One screen of people down"), _YEAR),
    Action("year.prev", "year", N_("Previous year"), N_("Show the year before"), _YEAR),
    Action("year.next", "year", N_("Next year"), N_("Show the year after"), _YEAR),
    Action("year.open", "year", N_("Open the month"), N_("Go to this person in the month grid"), _YEAR),
)
