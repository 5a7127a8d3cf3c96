"""The texts of the package's layouts that people read, where the catalogues find them."""

from __future__ import annotations

from hrtui.i18n import N_

SHIPPED_TEXTS = (
    N_("Acerta with blanks: calendar (KLX)"),
    N_("Acerta with zeros: calendar (KLX)"),
    N_("CSV: calendar, pay components, messages"),
    N_("CSV beside another file: pay components, messages"),
    N_("Partena, dates 02-06-2025: CLOCK"),
    N_("Partena, dates 20250602: CLOCK"),
    N_("Report to print: time, pay components, messages"),
    N_("Spreadsheet: calendar, pay components, messages, people"),
    *(N_("Entries"), N_("Pay components"), N_("Messages"), N_("People")),
    *(N_("Number"), N_("Provider number"), N_("Name"), N_("Date"), N_("Code"), N_("Provider code")),
    *(N_("Leave type"), N_("Minutes"), N_("Hours"), N_("Pay component"), N_("Per unit"), N_("Units")),
    *(N_("Amount"), N_("Currency"), N_("Note"), N_("Message"), N_("Start date"), N_("End date")),
    *(N_("Hours per week"), N_("Scheduled"), N_("Worked"), N_("Absent"), N_("Overtime")),
)
"""Titles of layouts, and of the sheets and columns of the workbook."""
