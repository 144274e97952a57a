package dev.pequel.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, beside what is to be reached. */
final class Report {

    private record Row(String what, String measured, String target, String verdict) {}

    private final List<Row> rows = new ArrayList<>();

    /** Something without target. */
    void note(String what, String measured) {
        rows.add(new Row(what, measured, "", ""));
    }

    void atLeast(String what, double measured, double target, String unit) {
        add(what, measured, "at least", target, unit, measured >= target);
    }

    void atMost(String what, double measured, double target, String unit) {
        add(what, measured, "at most", target, unit, measured <= target);
    }

    private void add(String what, double measured, String comparison, double target, String unit, boolean met) {
        rows.add(new Row(
                what, number(measured) + unit, comparison + " " + number(target) + unit, met ? "met" : "MISSED"));
    }

    static String number(double number) {
        return String.format(Locale.ROOT, number >= 100 || number == Math.rint(number) ? "%,.0f" : "%,.1f", number);
    }

    void print() {
        System.out.printf("%n%-58s %16s   %-24s %s%n", "", "measured", "to reach", "");
        rows.forEach(row ->
                System.out.printf("%-58s %16s   %-24s %s%n", row.what(), row.measured(), row.target(), row.verdict()));
    }
}
