"""The registry of everything a user can do by key: each action once, with its scope and its words."""

from __future__ import annotations

from hrtui.action import Action
from hrtui.calendar_actions import PERSON_CALENDAR, YEAR_OVERVIEW
from hrtui.i18n import N_

SCOPES = {
    "app": N_("Everywhere"),
    "grid": N_("Month grid"),
    "calendar": N_("Person's calendar"),
    "year": N_("Year overview"),
    "list": N_("Lists"),
    "table": N_("Lists of records"),
    "sheet": N_("Amounts of many people"),
    "form": N_("Forms"),
    "files": N_("Choosing files"),
    "screens": N_("Menu of screens"),
    "dialog": N_("Questions"),
}
"""The scopes and their names (translate where shown). Keys of `app` work in every other scope too."""

ENTRY_SCOPES = frozenset({"app", "grid", "calendar"})
"""Where letters are leave types and digits are counts, so that neither can be an action's key."""

_EVERYWHERE = N_("Everywhere")
_MOVING = N_("Moving")
_ENTERING = N_("Entering")
_SELECTING = N_("Selecting")
_CORRECTING = N_("Undo and copy")
_FINDING = N_("Finding and views")
_LISTS = N_("Lists")
_RECORDS = N_("Lists of records")
_SHEET = N_("Amounts of many people")
_FORMS = N_("Forms")
_FILES = N_("Choosing files")
_SCREENS = N_("Menu of screens")
_QUESTIONS = N_("Questions")

_APP = (
    Action("app.help", "app", N_("Help"), N_("Show every key and mark"), _EVERYWHERE),
    Action("app.palette", "app", N_("Find an action"), N_("Type what you want to do"), _EVERYWHERE),
    Action(
        "app.screens",
        "app",
        N_("Other screens…"),
        N_("People, leave types, pay components and more"),
        _EVERYWHERE,
        "app.palette",
    ),
    Action("app.back", "app", N_("Back"), N_("Close, cancel, or drop the count or selection"), _EVERYWHERE),
    Action(
        "app.quit", "app", N_("Quit"), N_("Leave; everything is saved already"), _EVERYWHERE, "app.palette"
    ),
    Action("app.redraw", "app", N_("Redraw the screen"), N_("After stray text on the screen"), _EVERYWHERE),
)

_GRID_MOVING = (
    Action("go.left", "grid", N_("Left"), N_("One day back; left of day 1 is the name"), _MOVING),
    Action("go.right", "grid", N_("Right"), N_("One day on"), _MOVING),
    Action("go.up", "grid", N_("Up"), N_("Previous person"), _MOVING),
    Action("go.down", "grid", N_("Down"), N_("Next person"), _MOVING),
    Action("go.first_day", "grid", N_("First day"), N_("To the first day of the month"), _MOVING),
    Action("go.last_day", "grid", N_("Last day"), N_("To the last day of the month"), _MOVING),
    Action(
        "go.first_person", "grid", N_("First person"), N_("To the top of the list"), _MOVING, "go.page_up"
    ),
    Action(
        "go.last_person", "grid", N_("Last person"), N_("To the end of the list"), _MOVING, "go.page_down"
    ),
    Action("go.page_up", "grid", N_("Page up"), N_("One screen of people up"), _MOVING),
    Action("go.page_down", "grid", N_("Page down"), N_("One screen of people down"), _MOVING),
    Action("go.next_day", "grid", N_("Next day"), N_("One day on, as in a spreadsheet"), _MOVING),
    Action("go.prev_day", "grid", N_("Previous day"), N_("One day back, as in a spreadsheet"), _MOVING),
    Action(
        "go.enter",
        "grid",
        N_("Next person, or go to a day"),
        N_("After digits: to that day (14 Enter); else to the next person; on a name: their calendar"),
        _MOVING,
    ),
    Action("go.prompt", "grid", N_("Go to…"), N_("A day (14, 14/9, +7, today) or a name"), _MOVING),
    Action("go.month_prev", "grid", N_("Previous month"), N_("Show the month before"), _MOVING),
    Action("go.month_next", "grid", N_("Next month"), N_("Show the month after"), _MOVING),
)

_GRID_ENTERING = (
    Action("entry.half", "grid", N_("Half day"), N_("Full day, morning, afternoon, full day"), _ENTERING),
    Action(
        "entry.hours",
        "grid",
        N_("Hours or several types"),
        N_("Type the day: 4 AD 4 KV, 1/2 VAK, 3,6u KV; on a name: their calendar"),
        _ENTERING,
    ),
    Action("entry.clear", "grid", N_("Clear"), N_("Empty the day or the selection"), _ENTERING),
    Action(
        "entry.clear_back",
        "grid",
        N_("Clear and step back"),
        N_("Empty the entry just made, or this day, and step back"),
        _ENTERING,
    ),
    Action("entry.repeat", "grid", N_("Repeat"), N_("Enter the last entry once more, here"), _ENTERING),
    Action(
        "entry.fill_right",
        "grid",
        N_("Fill right"),
        N_("Copy the first selected day onto the others"),
        _ENTERING,
    ),
    Action(
        "entry.fill_down",
        "grid",
        N_("Fill down"),
        N_("Copy the first selected person onto the others"),
        _ENTERING,
    ),
)

_GRID_SELECTING = (
    Action("select.extend", "grid", N_("Start or end a selection"), N_("Then move to extend it"), _SELECTING),
    Action(
        "select.left", "grid", N_("Select left"), N_("Extend by one day back"), _SELECTING, "select.extend"
    ),
    Action("select.right", "grid", N_("Select right"), N_("Extend by one day"), _SELECTING, "select.extend"),
    Action("select.up", "grid", N_("Select up"), N_("Extend by one person up"), _SELECTING, "select.extend"),
    Action(
        "select.down", "grid", N_("Select down"), N_("Extend by one person down"), _SELECTING, "select.extend"
    ),
    Action(
        "select.person",
        "grid",
        N_("Mark the person"),
        N_("Mark or unmark, and go to the next person"),
        _SELECTING,
    ),
    Action(
        "select.all_visible", "grid", N_("Mark everyone"), N_("Everyone that the filter shows"), _SELECTING
    ),
)

_GRID_CORRECTING = (
    Action(
        "edit.undo",
        "grid",
        N_("Undo"),
        N_("Take back the last step, also of an earlier session"),
        _CORRECTING,
    ),
    Action("edit.redo", "grid", N_("Redo"), N_("Do the step again that was taken back"), _CORRECTING),
    Action("edit.copy", "grid", N_("Copy"), N_("Copy the day or the selection"), _CORRECTING),
    Action("edit.paste", "grid", N_("Paste…"), N_("See first what will change, then paste"), _CORRECTING),
)

_GRID_FINDING = (
    Action(
        "find.filter", "grid", N_("Filter people…"), N_("By name, number or team, while you type"), _FINDING
    ),
    Action("find.next", "grid", N_("Next match"), N_("To the next person that matches"), _FINDING),
    Action(
        "view.next_issue",
        "grid",
        N_("Next problem"),
        N_("To the next day that needs attention"),
        _FINDING,
    ),
    Action("view.year", "grid", N_("Year overview"), N_("The months of the year at a glance"), _FINDING),
    Action(
        "view.calendar",
        "grid",
        N_("Person's calendar"),
        N_("One person: entries, balances, history"),
        _FINDING,
    ),
    Action(
        "view.people",
        "grid",
        N_("Team or schedule…"),
        N_("Of the marked people, or of the one here"),
        _FINDING,
        "app.palette",
    ),
    Action(
        "view.employers",
        "grid",
        N_("Other employer…"),
        N_("A digit or a name opens it; Ctrl+N makes another"),
        _FINDING,
        "screens.employers",
    ),
    Action("sick.report", "grid", N_("Report sick…"), N_("The person here, from this day on"), _FINDING),
    Action(
        "month.check",
        "grid",
        N_("Check off"),
        N_("The month of the person, or of the marked ones; again: not checked"),
        _FINDING,
    ),
)

_GRID_MONTH_END = (
    Action(
        "month.approve",
        "grid",
        N_("Approve or refuse…"),
        N_("Requested leave that waits, here or selected; on a name of the whole month"),
        _FINDING,
        "app.palette",
    ),
    Action(
        "month.forward",
        "grid",
        N_("Forward…"),
        N_("Check the month, send it to the payroll provider, lock it"),
        _FINDING,
        "screens.forward",
    ),
    Action(
        "month.unlock",
        "grid",
        N_("Unlock…"),
        N_("A forwarded month of the person, or of the marked ones, for a while"),
        _FINDING,
        "app.palette",
    ),
)

_LIST = (
    Action("list.up", "list", N_("Up"), N_("Previous line"), _LISTS),
    Action("list.down", "list", N_("Down"), N_("Next line"), _LISTS),
    Action("list.page_up", "list", N_("Page up"), N_("One screen up"), _LISTS),
    Action("list.page_down", "list", N_("Page down"), N_("One screen down"), _LISTS),
    Action("list.first", "list", N_("First line"), N_("To the top"), _LISTS),
    Action("list.last", "list", N_("Last line"), N_("To the end"), _LISTS),
    Action("list.choose", "list", N_("Choose"), N_("Take the line under the cursor"), _LISTS),
)

_TABLE = (
    Action("table.mark", "table", N_("Mark"), N_("Mark or unmark the line, and go down"), _RECORDS),
    Action("table.mark_all", "table", N_("Mark all"), N_("Every line that is listed; again: none"), _RECORDS),
    Action("table.new", "table", N_("New"), N_("Add a record"), _RECORDS),
    Action("table.edit", "table", N_("Change the marked ones…"), N_("Several records at once"), _RECORDS),
    Action("table.delete", "table", N_("Remove"), N_("Remove the line, or end the record"), _RECORDS),
    Action("table.filter", "table", N_("Filter…"), N_("Show only some, by team or the like"), _RECORDS),
    Action("table.sort", "table", N_("Sort"), N_("By the next column"), _RECORDS),
    Action("table.inactive", "table", N_("Inactive too"), N_("Show or hide what is out of use"), _RECORDS),
    Action("table.history", "table", N_("History"), N_("Who changed the record, and when"), _RECORDS),
    Action("table.more", "table", N_("More to do here…"), N_("What else there is to do"), _RECORDS),
    Action("table.previous", "table", N_("Period before"), N_("The year or month before"), _RECORDS),
    Action("table.next", "table", N_("Period after"), N_("The year or month after"), _RECORDS),
    Action("table.save", "table", N_("Save what is shown"), N_("Carry out what the list shows"), _RECORDS),
    Action("table.undo", "table", N_("Undo"), N_("Take back the last step"), _RECORDS),
    Action("table.redo", "table", N_("Redo"), N_("Do the step again that was taken back"), _RECORDS),
)

_PICKER = (Action("files.complete", "files", N_("Complete"), N_("The path, by the line here"), _FILES),)
_SHEETS = (
    Action("sheet.enter", "sheet", N_("Next person"), N_("Takes the amount and goes down"), _SHEET),
    Action("sheet.down", "sheet", N_("Down"), N_("Next person"), _SHEET),
    Action("sheet.up", "sheet", N_("Up"), N_("Previous person"), _SHEET),
    Action("sheet.next", "sheet", N_("Next cell"), N_("Then the next person"), _SHEET),
    Action("sheet.previous", "sheet", N_("Previous cell"), N_("Then the person before"), _SHEET),
    Action("sheet.page_up", "sheet", N_("Page up"), N_("One screen of people up"), _SHEET),
    Action("sheet.page_down", "sheet", N_("Page down"), N_("One screen of people down"), _SHEET),
    Action("sheet.first", "sheet", N_("First person"), N_("To the top of the list"), _SHEET, "sheet.page_up"),
    Action("sheet.last", "sheet", N_("Last person"), N_("To the end of the list"), _SHEET, "sheet.page_down"),
    Action("sheet.everyone", "sheet", N_("Same for everyone"), N_("The amount under the cursor"), _SHEET),
    Action("sheet.people", "sheet", N_("Month and people…"), N_("For when, and for whom"), _SHEET),
    Action("sheet.file", "sheet", N_("From a file…"), N_("CSV or XLSX with number or name, amount"), _SHEET),
    Action("sheet.find", "sheet", N_("Go to a person…"), N_("By number or part of the name"), _SHEET),
    Action("sheet.problem", "sheet", N_("Next problem"), N_("To the next line that is wrong"), _SHEET),
    Action("sheet.undo", "sheet", N_("Undo"), N_("The typed text, or else the last change here"), _SHEET),
    Action("sheet.save", "sheet", N_("Save"), N_("All amounts, as one step"), _SHEET),
)

_FORM = (
    Action("form.enter", "form", N_("Next field, or done"), N_("On the last field: save and go on"), _FORMS),
    Action("form.next", "form", N_("Next field"), N_("In the order of the paper form"), _FORMS),
    Action("form.previous", "form", N_("Previous field"), N_("One field back"), _FORMS),
    Action("form.page_down", "form", N_("Next part"), N_("To the next section of the form"), _FORMS),
    Action("form.page_up", "form", N_("Previous part"), N_("To the section before"), _FORMS),
    Action("form.save", "form", N_("Save"), N_("Save the form, or go on to the next step"), _FORMS),
    Action("form.reveal", "form", N_("Show the number"), N_("Show or hide a hidden number"), _FORMS),
    Action("form.more", "form", N_("More to do here…"), N_("What else can be done with this record"), _FORMS),
    Action("form.history", "form", N_("History"), N_("Who changed the record, and when"), _FORMS),
    Action("form.undo", "form", N_("Undo"), N_("The typed text, or else the last step"), _FORMS),
    Action("form.redo", "form", N_("Redo"), N_("Do the step again that was taken back"), _FORMS),
)

_PLACES = (
    Action("screens.month", "screens", N_("Month"), N_("The month grid"), _SCREENS),
    Action("screens.people", "screens", N_("People"), N_("Persons and their contracts"), _SCREENS),
    Action(
        "screens.leave_types", "screens", N_("Leave types"), N_("What can be entered, and limits"), _SCREENS
    ),
    Action("screens.components", "screens", N_("Pay components"), N_("One-off and recurring pay"), _SCREENS),
    Action("screens.messages", "screens", N_("Messages"), N_("To the payroll provider"), _SCREENS),
    Action("screens.holidays", "screens", N_("Holidays"), N_("Holidays and replacement days"), _SCREENS),
    Action("screens.schedules", "screens", N_("Work schedules"), N_("Hours of each weekday"), _SCREENS),
    Action("screens.teams", "screens", N_("Teams"), N_("Teams and their managers"), _SCREENS),
    Action("screens.forward", "screens", N_("Forward"), N_("Send months, and what was sent"), _SCREENS),
    Action("screens.sick_report", "screens", N_("Report sick…"), N_("Find the person, or add one"), _SCREENS),
    Action("screens.sick", "screens", N_("Sick reports"), N_("Cases, files, figures, exports"), _SCREENS),
    Action("screens.sick_agenda", "screens", N_("Absence agenda"), N_("What is due about cases"), _SCREENS),
    Action(
        "screens.sync",
        "screens",
        N_("Sync"),
        N_("What waits, conflicts, refused steps"),
        _SCREENS,
        words=N_("decide decision choose conflict refused offline backend exchange colleague"),
    ),
    Action("screens.employer", "screens", N_("Employer"), N_("Settings and providers"), _SCREENS),
    Action("screens.employers", "screens", N_("Other employer…"), N_("Go to another, or make one"), _SCREENS),
    Action("screens.account", "screens", N_("Account"), N_("Log in or out, password, devices"), _SCREENS),
)

_DIALOG = (
    Action("dialog.yes", "dialog", N_("Yes"), N_("Do it; every other key means no"), _QUESTIONS),
    Action("dialog.no", "dialog", N_("No"), N_("Leave everything as it is"), _QUESTIONS),
)

ACTIONS: dict[str, Action] = {
    action.id: action
    for action in (
        *_APP,
        *_GRID_MOVING,
        *_GRID_ENTERING,
        *_GRID_SELECTING,
        *_GRID_CORRECTING,
        *_GRID_FINDING,
        *_GRID_MONTH_END,
        *PERSON_CALENDAR,
        *YEAR_OVERVIEW,
        *_LIST,
        *_TABLE,
        *_SHEETS,
        *_PICKER,
        *_FORM,
        *_PLACES,
        *_DIALOG,
    )
}
"""Every action by its id, in the order in which help and the key table show them."""
