package dev.pequel.field;

import dev.pequel.column.Dictionary;
import dev.pequel.expression.CheckResult;
import dev.pequel.expression.DataWarnings;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.check.Suggestions;
import dev.pequel.pql.syntax.token.StringLiteral;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Warns of fields that no profile has, and of strings that never occur in the field that they are compared with. Looks
 * only at the names of columns and at dictionaries, and only while the profiles are in memory, so that the check of an
 * expression stays fast.
 */
@ApplicationScoped
class FieldWarnings implements DataWarnings {

    /** Maximum number of strings of an expression that are looked for. */
    private static final int MAX_STRINGS = 50;

    /** Length from which a string is looked for within longer ones. */
    private static final int MIN_PART = 3;

    private final Snapshots snapshots;
    private final FieldSettings settings;

    FieldWarnings(Snapshots snapshots, FieldSettings settings) {
        this.snapshots = snapshots;
        this.settings = settings;
    }

    @Override
    public List<Diagnostic> of(Tenant tenant, CheckResult examined, boolean mayShowValues) {
        Optional<ProfileSnapshot> profiles = snapshots.inMemory(tenant).filter(snapshot -> snapshot.size() > 0);
        if (profiles.isEmpty() || examined.hasErrors()) {
            return List.of();
        }
        FieldReads.All found = FieldReads.of(examined.checked().expression().orElseThrow());
        boolean isText = examined.document().format().equals(ExpressionDocument.TEXT);
        List<Diagnostic> warnings = new ArrayList<>();
        addUnused(found.reads(), profiles.get(), warnings);
        found.compared().stream()
                .filter(compared -> !isMembership(compared.path()))
                .limit(MAX_STRINGS)
                .flatMap(compared ->
                        neverOccurs(compared, profiles.get(), mayShowValues && settings.values(), isText).stream())
                .forEach(warnings::add);
        return warnings;
    }

    /** Adds a warning for each path that nobody has, unless nobody has what it begins with either. */
    private static void addUnused(List<FieldReads.Read> reads, ProfileSnapshot profiles, List<Diagnostic> warnings) {
        Set<List<String>> reported = new HashSet<>();
        reads.stream()
                .filter(read -> !isMembership(read.path()))
                .sorted(Comparator.comparingInt(read -> read.path().size()))
                .forEach(read -> {
                    boolean isKnown = IntStream.rangeClosed(1, read.path().size())
                            .anyMatch(length -> reported.contains(read.path().subList(0, length)));
                    if (!isKnown && FieldColumns.at(profiles, read.path()).areEmpty()) {
                        reported.add(read.path());
                        warnings.add(Diagnostic.of(
                                DiagnosticCode.FIELD_WITHOUT_DATA,
                                "No profile has the field `" + written(read.path()) + "`.",
                                read.span()));
                    }
                });
    }

    private Optional<Diagnostic> neverOccurs(
            FieldReads.Compared compared, ProfileSnapshot profiles, boolean showsValue, boolean isText) {
        FieldColumns columns = FieldColumns.at(profiles, compared.path());
        List<Dictionary> dictionaries = columns.dictionaries();
        if (columns.hasOthers()
                || dictionaries.isEmpty()
                || columns.strings() > settings.maxDistinctValues()
                || dictionaries.stream().anyMatch(dictionary -> dictionary.find(compared.text()) >= 0)) {
            return Optional.empty();
        }
        String message = "`" + compared.text() + "` never occurs in the field `" + written(compared.path()) + "`.";
        Optional<String> nearest = showsValue ? nearest(compared.text(), dictionaries) : Optional.empty();
        return Optional.of(nearest.filter(value -> isText)
                .map(value -> Diagnostic.suggesting(
                        DiagnosticCode.VALUE_WITHOUT_DATA, message, compared.span(), StringLiteral.quote(value)))
                .orElseGet(() -> Diagnostic.of(DiagnosticCode.VALUE_WITHOUT_DATA, message, compared.span())));
    }

    /** The most similar string, or else the shortest that contains the wanted one in any letter case. */
    private static Optional<String> nearest(String wanted, List<Dictionary> dictionaries) {
        List<String> values = dictionaries.stream()
                .flatMap(dictionary -> IntStream.range(0, dictionary.size())
                        .filter(code -> dictionary.length(code) <= FieldValues.MAX_BYTES)
                        .mapToObj(dictionary::text))
                .toList();
        String part = wanted.toLowerCase(Locale.ROOT);
        return Suggestions.closest(wanted, values)
                .or(() -> values.stream()
                        .filter(value -> part.length() >= MIN_PART
                                && value.toLowerCase(Locale.ROOT).contains(part))
                        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())));
    }

    /** Memberships are not in the columns. */
    private static boolean isMembership(List<String> path) {
        return path.getFirst().equals(BuiltInSchema.SEGMENT_MEMBERSHIP);
    }

    private static String written(List<String> path) {
        return new Field(path, Type.ANY, false).path();
    }
}
