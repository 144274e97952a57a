package dev.pequel.column;

import com.fasterxml.jackson.core.JsonFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Documents that clients choose and the database stores. */
public final class StoredJson {

    /** The order in which {@code jsonb} keeps the fields of an object: shorter names first, in bytes of UTF-8. */
    public static final Comparator<String> NAME_ORDER = Comparator.comparing(
            name -> name.getBytes(StandardCharsets.UTF_8),
            Comparator.<byte[]>comparingInt(name -> name.length).thenComparing(Arrays::compareUnsigned));

    private StoredJson() {}

    /**
     * A factory whose table of field names refuses none: a document that was stored can be read again, with whatever others. Where
     * names are chosen to collide the table starts anew from time to time, and a look-up takes longer, up to a limit.
     */
    public static JsonFactory factory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
