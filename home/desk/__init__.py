"""The desk: where committee members, grid workers and members who serve do their part, on a phone."""
