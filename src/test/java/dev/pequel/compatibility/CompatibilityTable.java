package dev.pequel.compatibility;

import dev.pequel.compatibility.CompatibilityRow.Parameter;
import java.util.List;

/** The rows as {@code docs/compatibility.md} shows them. */
final class CompatibilityTable {

    private static final String HEAD = """
            # Compatibility with the hosted service

            This table compares Pequel with the hosted service, by operation and parameter. It is generated: every line is the result of a
            request that a test sends to the service (`CompatibilityTest`). What is said here holds for the version that has this file, and
            a running service has its own at `/compatibility.md`. [api.md](api.md) explains larger differences.

            Paths are below `/data/core/ups`. Parameters are query parameters, headers and top-level properties of bodies.

            | Pequel | Meaning |
            |---|---|
            | yes | as documented |
            | differs | answered, with the difference that the last column names |
            | ignored | the request is answered as without it, and the header `Pequel-Ignored` names it |
            | no | an operation is answered with 501 and a link to this table, a parameter is refused with 400 |
            """;

    private CompatibilityTable() {}

    static String of(List<CompatibilityRow> rows) {
        StringBuilder table = new StringBuilder(HEAD);
        String section = "";
        for (CompatibilityRow row : rows) {
            if (!row.section().equals(section)) {
                section = row.section();
                table.append("\n## ").append(section).append("\n\n");
                table.append("| Operation | Parameter | Pequel | |\n|---|---|---|---|\n");
            }
            if (row.request().isPresent()) {
                table.append("| ")
                        .append(row.parameter().isEmpty() ? "`" + row.operation() + "`" : "")
                        .append(" | ")
                        .append(row.parameter().map(CompatibilityTable::named).orElse(""))
                        .append(" | ")
                        .append(row.verdict().word())
                        .append(" | ")
                        .append(row.note().replace("|", "\\|"))
                        .append(" |\n");
            }
        }
        return table.toString().replaceAll("(?m) {2,}\\|", " |");
    }

    private static String named(Parameter parameter) {
        boolean ofItem = parameter.name().startsWith("[]");
        return "`" + (ofItem ? parameter.name().substring(2) : parameter.name()) + "` ("
                + (ofItem ? "each item of the body" : parameter.place()) + ")";
    }
}
