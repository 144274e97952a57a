package dev.pequel.command.report;

import dev.pequel.pql.SourceExcerpt;
import java.util.List;

/** Writes findings as readable text, each with the line of its source. */
public final class TextReport {

    private TextReport() {}

    static String of(List<Finding> findings, int files) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(of(finding)).append('\n'));
        if (files == 0) {
            return text.toString();
        }
        long errors = findings.stream().filter(Finding::isError).count();
        return text.append(counted(files, "file"))
                .append(": ")
                .append(
                        findings.isEmpty()
                                ? "no problems found"
                                : counted(errors, "error") + ", " + counted(findings.size() - errors, "warning"))
                .append('\n')
                .toString();
    }

    private static String of(Finding finding) {
        return finding.file().name() + ":" + finding.span().line() + ":"
                + finding.span().column() + ": " + finding.severityWord() + ": " + finding.message() + " ["
                + finding.code() + "]\n"
                + SourceExcerpt.of(finding.file().text().text(), finding.span()) + "\n"
                + finding.suggestion().map(text -> help(finding, text)).orElse("");
    }

    private static String help(Finding finding, String suggestion) {
        String help = suggestion.isEmpty()
                ? "remove it"
                : (finding.span().length() == 0 ? "add `" : "write `") + suggestion + "`";
        return "  help: " + help + "\n";
    }

    public static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
