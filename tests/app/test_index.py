"""What a browser gets before any sheet or script: name and sentence, and a script that knows old browsers."""

import base64
import hashlib
import re

from app import assets
from components import browsers, sheets
from components.page import layout


def test_name_and_sentence_stand_before_any_sheet_or_script_is_asked_for(client):
    html = client.get("/").text
    header = html.index(f'<header id="arriving" aria-busy="true"><h1>{layout.TITLE}</h1>')
    assert layout.WAITING in html[header:]
    assert header < min(html.index("<link rel=\"stylesheet\""), html.index("<script src="))
    assert "Loading..." not in html


def test_old_browsers_are_told_first_by_the_only_script_of_ours_in_the_page(client):
    response = client.get("/")
    scripts = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    assert scripts == [browsers.CHECK]
    assert response.text.index(browsers.CHECK) < response.text.index('id="arriving"')
    digest = base64.b64encode(hashlib.sha256(browsers.CHECK.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["Content-Security-Policy"]


def test_every_placeholder_of_the_page_is_filled(client):
    assert re.findall(r"\[\[\w+\]\]|\{%\w+%\}", client.get("/").text) == []


def test_the_sheets_are_asked_for_in_the_order_that_decides_between_their_rules(client):
    (address,) = re.findall(r'<link rel="stylesheet" href="(/assets/[^"]+)">', client.get("/").text)
    sheet = client.get(address)
    assert sheet.mimetype == "text/css"
    later = client.get(re.search(r'data-later="(/assets/[^"]+)"', client.get("/").text)[1])
    for text, names in ((sheet.text, sheets.FIRST), (later.text, sheets.LATER)):
        places = [text.index(assets.bare(sheets.text(name)).strip()) for name in names]
        assert places == sorted(places)
