"""Independent judges of finished files: programs and engines that share no code with what made the files.

A judge that is not on the machine is an error of the test run, never a reason to skip: a conformance test that
can be skipped proves nothing. The judges themselves are judged in `tests/conformance/test_judges.py`.
"""
