""""Show the code": the dialog shows the server's program, copies it, saves it, and says where there is none."""

from playwright.sync_api import expect

from components.exports.numpy_program import numpy_program
from components.exports.torch_program import torch_program
from tests.browser.lab import button, choice, experiment, shows, until


def open_code(page):
    page.locator("#tools [data-drawer=share]").click()
    button(page, "Show the code").click()
    expect(page.get_by_role("dialog", name="The code")).to_be_visible()
    return page.locator("#code pre")


def shows_text(page, text):
    until(page, "(text) => document.querySelector('#code code').textContent === text", text)


def set_values(page, values, changed):
    page.evaluate("([values, changed]) => lab.settings.set(values, changed)", [values, changed])


def test_the_program_of_each_method_in_each_language(page):
    set_values(page, {"epochs": 20, "batch": 4}, "batch")
    run = experiment(epochs=20, batch=4)
    shows(page, run=run)
    page.keyboard.press("2")
    open_code(page)
    expect(choice(page, "Method of the program")).to_have_value("Momentum")
    shows_text(page, numpy_program(run, "Momentum"))
    choice(page, "Method of the program").select_option("Adam with annealing")
    shows_text(page, numpy_program(run, "Adam with annealing"))
    button(page, "PyTorch").click()
    shows_text(page, torch_program(run, "Adam with annealing"))
    expect(button(page, "PyTorch")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#code .python-keyword").first).to_have_text("import")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button(page, "Show the code")).to_be_focused()


def test_what_torch_has_not_got_and_a_run_that_diverges(page):
    set_values(page, {"coordinates": "in turn", "lr": 0.03}, "lr")
    shows(page, run=experiment(coordinates="in turn", lr=0.03))
    shown = open_code(page)
    expect(page.locator(".code-says")).to_contain_text("This run diverges at step")
    button(page, "PyTorch").click()
    expect(page.locator(".code-says")).to_have_text("PyTorch’s optimizers update all parameters together, not in turn.")
    expect(shown).to_be_hidden()
    expect(button(page, "Copy")).to_be_disabled()
    button(page, "numpy").click()
    expect(shown).to_be_visible()
    expect(button(page, "Download")).to_be_enabled()


def test_copy_and_download(page):
    text = numpy_program(experiment(), "SGD")
    open_code(page)
    shows_text(page, text)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Copy").click()
    expect(page.locator(".code-says")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == text
    page.evaluate("() => navigator.clipboard.writeText('something else')")
    page.context.clear_permissions()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no TLS')); }")
    button(page, "Copy").click()
    expect(button(page, "Copy")).to_be_focused()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert page.evaluate("() => navigator.clipboard.readText()") == text
    page.context.clear_permissions()
    with page.expect_download() as saving:
        button(page, "Download").click()
    assert saving.value.suggested_filename == "descent_sgd_numpy.py"
    assert saving.value.path().read_text(encoding="utf-8") == text
    expect(page.locator(".code-says")).to_have_text("Saved as descent_sgd_numpy.py.")
