package dev.pequel.command.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Writes findings as JSON: {@code {"files", "errors", "warnings", "findings": [{"file", "line", "column", "endLine",
 * "endColumn", "code", "severity", "message", "suggestion"}]}}. Lines and columns count from 1, columns in UTF-16 code
 * units. The end is exclusive. {@code suggestion} is absent if there is none.
 */
final class JsonReport {

    private JsonReport() {}

    static ObjectNode of(List<Finding> findings, int files) {
        long errors = findings.stream().filter(Finding::isError).count();
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("files", files)
                .put("errors", errors)
                .put("warnings", findings.size() - errors);
        ArrayNode array = report.putArray("findings");
        findings.forEach(finding -> array.add(of(finding)));
        return report;
    }

    private static ObjectNode of(Finding finding) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("file", finding.file().name())
                .put("line", finding.span().line())
                .put("column", finding.span().column())
                .put("endLine", finding.end().line())
                .put("endColumn", finding.end().column())
                .put("code", finding.code())
                .put("severity", finding.severityWord())
                .put("message", finding.message());
        finding.suggestion().ifPresent(suggestion -> json.put("suggestion", suggestion));
        return json;
    }
}
