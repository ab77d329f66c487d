"""The one door to the studio for the page, the command line, the nightly job and the HTTP API."""
