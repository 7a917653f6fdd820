"""The process in which Java runs: a request as JSON on standard input, the verdicts as JSON on standard output.

The engine usually reads its profiles through JAXB, which the jar comes without. They are plain lists of rules, so
they are read here and handed over as objects; that also leaves Java itself as the only thing to install.
"""

from __future__ import annotations

import json
import os
import sys
import xml.etree.ElementTree as ET
import zipfile
from typing import Any

import jpype

NO_JAVA = 3
PROFILE = "org/verapdf/pdfa/validation/{}.xml"
NAMESPACE = {"": "http://www.verapdf.org/ValidationProfile"}


def judge(request: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Return file, flavour and failed rules for each file in each flavour of the request."""
    profiles = {flavour: _profile(request["jar"], flavour) for flavour in request["flavours"]}
    return [
        (file, flavour, _failed_rules(file, flavour, profile))
        for file in request["files"]
        for flavour, profile in profiles.items()
    ]


def _failed_rules(file: str, flavour: str, profile: Any) -> list[str]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(file), _flavour(flavour))
    try:
        validator = foundry.createValidator(profile, False)  # noqa: FBT003 - Java: passed checks are not listed
        try:
            result = validator.validate(parser)
        finally:
            validator.close()
    finally:
        parser.close()
    failed = sorted(f"{rule.getClause()}-{rule.getTestNumber()}" for rule in result.getFailedChecks().keySet())
    if bool(result.isCompliant()) != (not failed) or not result.getTotalAssertions():
        raise RuntimeError(f"{file}: verdict and failed rules for {flavour} do not agree")
    return failed


def _flavour(name: str) -> Any:
    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(name)


def _profile(jar: str, flavour: str) -> Any:
    name = f"PDFUA-{flavour[2:]}" if flavour.startswith("ua") else f"PDFA-{flavour.upper()}"
    with zipfile.ZipFile(jar) as archive:
        root = ET.fromstring(archive.read(PROFILE.format(name)))  # noqa: S314 - from the pinned jar
    make = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    a_set, a_list = jpype.JClass("java.util.HashSet"), jpype.JClass("java.util.ArrayList")
    rules, variables = a_set(), a_set()
    for rule in root.iterfind("rules/rule", NAMESPACE):
        rules.add(_rule(rule, make, a_list))
    for variable in root.iterfind("variables/variable", NAMESPACE):
        texts = [variable.findtext(part, "", NAMESPACE) for part in ("defaultValue", "value")]
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    if rules.isEmpty():
        raise RuntimeError(f"The profile of {flavour} has no rules")
    details = make.profileDetailsFromValues(name, "", "", jpype.JClass("java.util.Date")())
    return make.profileFromValues(_flavour(flavour), details, "", rules, variables)


def _rule(rule: ET.Element, make: Any, a_list: Any) -> Any:
    number = rule.find("id", NAMESPACE)
    if number is None:
        raise RuntimeError("A rule has no number")
    standard = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    return make.ruleFromValues(
        make.ruleIdFromValues(
            standard.valueOf(number.get("specification")), number.get("clause"), int(number.get("testNumber", ""))
        ),
        rule.get("object"),
        jpype.JBoolean(rule.get("deferred") == "true"),
        rule.get("tags"),
        rule.findtext("description", "", NAMESPACE),
        rule.findtext("test", "", NAMESPACE),
        make.errorFromValues(rule.findtext("error/message", "", NAMESPACE), a_list()),
        a_list(),
    )


def _answer() -> int:
    request = json.load(sys.stdin)
    # Java writes what it likes to the standard output; the answer keeps that for itself.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        jpype.startJVM("-Djava.awt.headless=true", classpath=[request["jar"]])
    except jpype.JVMNotFoundException:
        sys.stderr.write("there is no Java runtime: apt-get install default-jre-headless\n")
        return NO_JAVA
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    with answer:
        json.dump(judge(request), answer)
    return 0


if __name__ == "__main__":
    sys.exit(_answer())
