from mailer.subscriptions.imports import sorting


def test_more_lines_than_one_run_come_back_in_order(tmp_path):
    lines = [f"{n * 7919 % 250_007:06d}\té" for n in range(250_007)]

    assert list(sorting.in_order(lines, tmp_path)) == sorted(lines)


def test_no_file_is_left_to_be_read(tmp_path):
    lines = sorting.in_order(["b", "a"], tmp_path)

    assert next(lines) == "a"
    assert list(tmp_path.iterdir()) == []
