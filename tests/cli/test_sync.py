"""`bihuan sync people` where there is nothing to read; with a messenger: tests/adapters/*/test_running.py."""


def test_without_a_messenger_it_says_so(shop):
    result = shop.types("sync", "people")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No messenger with a directory is configured" in result.stderr
