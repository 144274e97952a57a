package dev.pequel.command.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Severity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes findings as SARIF 2.1.0, the format of code scanning: a single run whose rules are all existing codes. */
final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final ObjectNode report = JsonNodeFactory.instance.objectNode();
    private final Map<String, Integer> rules = new HashMap<>();

    private SarifReport(List<Finding> findings) {
        report.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = report.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "Pequel");
        ArrayNode described = driver.putArray("rules");
        for (DiagnosticCode code : DiagnosticCode.values()) {
            describe(described, code.id(), code.severity(), code.meaning());
        }
        for (FileRule rule : FileRule.values()) {
            describe(described, rule.id(), rule.severity(), rule.meaning());
        }
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        findings.forEach(finding -> add(results, finding));
    }

    static ObjectNode of(List<Finding> findings) {
        return new SarifReport(findings).report;
    }

    private void describe(ArrayNode described, String id, Severity severity, String meaning) {
        rules.put(id, described.size());
        ObjectNode rule = described.addObject().put("id", id);
        rule.putObject("shortDescription").put("text", meaning);
        rule.putObject("defaultConfiguration").put("level", severity == Severity.ERROR ? "error" : "warning");
    }

    private void add(ArrayNode results, Finding finding) {
        ObjectNode result = results.addObject()
                .put("ruleId", finding.code())
                .put("ruleIndex", rules.get(finding.code()))
                .put("level", finding.severityWord());
        result.putObject("message").put("text", finding.message());
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        putFile(place, finding);
        putRegion(place.putObject("region"), finding);
        finding.suggestion().ifPresent(suggestion -> {
            ObjectNode fix = result.putArray("fixes").addObject();
            ObjectNode change = fix.putArray("artifactChanges").addObject();
            putFile(change, finding);
            ObjectNode replacement = change.putArray("replacements").addObject();
            putRegion(replacement.putObject("deletedRegion"), finding);
            replacement.putObject("insertedContent").put("text", suggestion);
        });
    }

    private static void putFile(ObjectNode place, Finding finding) {
        place.putObject("artifactLocation").put("uri", uri(finding.file().name()));
    }

    private static void putRegion(ObjectNode region, Finding finding) {
        region.put("startLine", finding.span().line())
                .put("startColumn", finding.span().column())
                .put("endLine", finding.end().line())
                .put("endColumn", finding.end().column());
    }

    /** Keeps relative paths relative, because code scanning resolves them in the repository. */
    private static String uri(String name) {
        if (name.equals(SourceFile.STDIN)) {
            return "stdin";
        }
        Path path = Path.of(name).normalize();
        String whole = path.toUri().getRawPath();
        return path.isAbsolute()
                ? path.toUri().toString()
                : whole.substring(Path.of("").toUri().getRawPath().length());
    }
}
