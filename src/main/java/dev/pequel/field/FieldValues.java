package dev.pequel.field;

import dev.pequel.column.Column;
import dev.pequel.column.Column.ListPart;
import dev.pequel.column.Column.ObjectPart;
import dev.pequel.column.Column.TextPart;
import dev.pequel.column.Dictionary;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Counts the profiles with each distinct string of a field, from the dictionaries of its columns. Strings of more than
 * {@value #MAX_BYTES} bytes are left out.
 */
final class FieldValues {

    static final int MAX_BYTES = 1024;

    private static final int NONE = -1;

    private final String prefix;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    private FieldValues(String prefix) {
        this.prefix = prefix;
    }

    /** @param profiles the number of profiles with the value, at least 1 */
    record Value(String text, int profiles) {}

    /** Visits the strings of a row. */
    private interface Visit {
        void row(int row, Tally tally);
    }

    /** The number of profiles of each value, by the value's number. A profile counts once for each value. */
    private static final class Tally {
        private final int[] counts;
        private final int[] lastProfile;
        private int profile;

        Tally(int values) {
            counts = new int[values];
            lastProfile = new int[values];
            Arrays.fill(lastProfile, NONE);
        }

        void add(int value) {
            if (value != NONE && lastProfile[value] != profile) {
                lastProfile[value] = profile;
                counts[value]++;
            }
        }
    }

    /**
     * Returns the strings that begin with the prefix in any letter case: the most frequent first, then in their order.
     *
     * @param look called from time to time; may throw to cancel
     */
    static List<Value> of(ProfileSnapshot snapshot, Field field, String prefix, Runnable look) {
        FieldValues found = new FieldValues(prefix);
        List<List<Visit>> visits = snapshot.parts().stream()
                .map(part -> part.columns().input(1).stream()
                        .flatMap(profiles -> found.visits(profiles, field.names()).stream())
                        .toList())
                .toList();
        Tally tally = new Tally(found.values.size());
        for (int i = 0; i < visits.size(); i++) {
            count(snapshot.parts().get(i), visits.get(i), tally, look);
        }
        return IntStream.range(0, tally.counts.length)
                .filter(value -> tally.counts[value] > 0)
                .mapToObj(value -> new Value(found.values.get(value), tally.counts[value]))
                .sorted(Comparator.comparingInt(Value::profiles).reversed().thenComparing(Value::text))
                .toList();
    }

    private static void count(ProfileSnapshot.Part part, List<Visit> visits, Tally tally, Runnable look) {
        PartRows.each(part, look, row -> {
            tally.profile = part.ordinal(row);
            for (Visit visit : visits) {
                visit.row(row, tally);
            }
        });
    }

    private List<Visit> visits(Column column, List<String> path) {
        List<Visit> visits = new ArrayList<>();
        for (Column.Part part : column.parts()) {
            switch (part) {
                case TextPart texts when path.isEmpty() -> visits.add(visit(texts));
                case ObjectPart object
                when !path.isEmpty() && object.fields().containsKey(path.getFirst()) ->
                    visits.addAll(visits(object.fields().get(path.getFirst()), path.subList(1, path.size())));
                case ListPart list -> {
                    List<Visit> ofItems = visits(list.elements(), path);
                    visits.add((row, tally) -> {
                        for (int element = list.start(row); element < list.end(row); element++) {
                            for (Visit item : ofItems) {
                                item.row(element, tally);
                            }
                        }
                    });
                }
                default -> {}
            }
        }
        return visits;
    }

    private Visit visit(TextPart texts) {
        Dictionary dictionary = texts.dictionary();
        int[] byCode = IntStream.range(0, dictionary.size())
                .map(code -> number(dictionary, code))
                .toArray();
        return (row, tally) -> {
            int code = texts.code(row);
            if (code >= 0) {
                tally.add(byCode[code]);
            }
        };
    }

    private int number(Dictionary dictionary, int code) {
        if (dictionary.length(code) > MAX_BYTES) {
            return NONE;
        }
        String text = dictionary.text(code);
        if (!text.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return NONE;
        }
        return numbers.computeIfAbsent(text, added -> {
            values.add(added);
            return values.size() - 1;
        });
    }
}
