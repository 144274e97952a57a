package dev.pequel.command.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The output formats of {@code pequel check}. */
public enum ReportFormat {
    /** Readable text like that of a compiler. */
    TEXT,
    /** JSON, see {@link JsonReport}. */
    JSON,
    /** SARIF 2.1.0, for code scanning. */
    SARIF;

    public static Optional<ReportFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a complete report that ends with a line break.
     *
     * @param files number of files that were read
     */
    public String write(List<Finding> findings, int files) {
        return switch (this) {
            case TEXT -> TextReport.of(findings, files);
            case JSON -> pretty(JsonReport.of(findings, files));
            case SARIF -> pretty(SarifReport.of(findings));
        };
    }

    private static String pretty(JsonNode json) {
        return json.toPrettyString() + "\n";
    }
}
