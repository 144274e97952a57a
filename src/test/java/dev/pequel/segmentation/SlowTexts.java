package dev.pequel.segmentation;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Few and small profiles that take long all the same, by a regular expression with very many steps for each character. */
public final class SlowTexts {

    /** Takes seconds for each text, but not so many that the evaluation's own limit ends it. */
    public static final String EXPRESSION = "long.matches(\"(x{1,1000}){8}y\")";

    private static final int LENGTH = 50_000;

    private SlowTexts() {}

    public static String text(int number) {
        return "x".repeat(LENGTH) + number;
    }

    /** Imports so many profiles, with {@code crmid}s {@code S0}, {@code S1} and so on, each of them with a text of its own. */
    public static void importInto(PopulatedSandbox sandbox, int profiles) {
        sandbox.profiles(IntStream.range(0, profiles)
                .mapToObj(i -> """
                        {"long": "%2$s", "identityMap": {"crmid": [{"id": "S%1$d"}]}}""".formatted(i, text(i)))
                .collect(Collectors.joining("\n")));
    }
}
