package dev.pequel.pql.compile;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of evaluating an expression for one profile. */
public sealed interface Value {

    /** No value. */
    record Missing() implements Value {}

    /** True or false. */
    record Bool(boolean value) implements Value {}

    /** A number without a fraction that fits 64 bits. */
    record Int(long value) implements Value {}

    /** Never NaN or infinite. */
    record Real(double value) implements Value {}

    /** A string. */
    record Text(String value) implements Value {}

    /** A timestamp. */
    record Time(Instant value) implements Value {}

    /** A list. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** An object or map; the order of names is kept. */
    record Fields(Map<String, Value> fields) implements Value {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }
}
