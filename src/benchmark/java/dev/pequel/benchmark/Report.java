package dev.pequel.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The results of a benchmark, each beside its target if it has one. */
public final class Report {

    private record Row(String what, String measured, String target, String verdict) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a result without a target. */
    public void note(String what, String measured) {
        rows.add(new Row(what, measured, "", ""));
    }

    /** Adds a result that must not be less than its target. */
    public void atLeast(String what, double measured, double target, String unit) {
        add(what, measured, "at least", target, unit, measured >= target);
    }

    /** Adds a result that must not be more than its target. */
    public void atMost(String what, double measured, double target, String unit) {
        add(what, measured, "at most", target, unit, measured <= target);
    }

    private void add(String what, double measured, String comparison, double target, String unit, boolean met) {
        rows.add(new Row(
                what, number(measured) + unit, comparison + " " + number(target) + unit, met ? "met" : "MISSED"));
    }

    /** Formats a number with as many decimals as its size deserves: two below 10, one below 100. */
    public static String number(double number) {
        double magnitude = Math.abs(number);
        String format = magnitude >= 100 || number == Math.rint(number) ? "%,.0f" : magnitude >= 10 ? "%,.1f" : "%,.2f";
        return String.format(Locale.ROOT, format, number);
    }

    /** Formats a number of bytes, which may be unknown. */
    public static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? "%,d MiB".formatted(bytes.getAsLong() >> 20) : "not known";
    }

    /** Prints all results in the order in which they were added, or nothing if there are none. */
    public void print() {
        if (rows.isEmpty()) {
            return;
        }
        System.out.printf("%n%-58s %16s   %-24s %s%n", "", "measured", "to reach", "");
        rows.forEach(row ->
                System.out.printf("%-58s %16s   %-24s %s%n", row.what(), row.measured(), row.target(), row.verdict()));
    }
}
