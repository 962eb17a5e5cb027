package dev.metsuke.operations.settings;

import java.util.List;

/** A record's components do not fit; each problem starts with its setting's name where it is about one. */
final class FailedCheckException extends IllegalArgumentException {

    private final transient List<String> problems;

    FailedCheckException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
