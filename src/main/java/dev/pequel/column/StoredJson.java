package dev.pequel.column;

import com.fasterxml.jackson.core.JsonFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** JSON rules for documents that clients send and the database stores. */
public final class StoredJson {

    /** The order of the fields of an object in {@code jsonb}: shorter names first, in bytes of UTF-8. */
    public static final Comparator<String> NAME_ORDER = Comparator.comparing(
            name -> name.getBytes(StandardCharsets.UTF_8),
            Comparator.<byte[]>comparingInt(name -> name.length).thenComparing(Arrays::compareUnsigned));

    private StoredJson() {}

    /**
     * Creates a factory that never refuses field names because their hashes collide, so that every stored document
     * can be read again, together with any others. With colliding names, its table starts anew from time to time, and
     * a lookup takes longer, up to a limit.
     */
    public static JsonFactory factory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
