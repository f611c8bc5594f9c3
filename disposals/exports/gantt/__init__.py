"""The programme as a Gantt chart: the line of time, what is on the sheet, the file."""
