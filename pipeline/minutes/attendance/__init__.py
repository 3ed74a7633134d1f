"""Who was there: the attendance lists of minutes, the people a post names, and the chair."""

from pipeline.minutes.attendance.reading import Attendance, read_attendance

__all__ = ["Attendance", "read_attendance"]
