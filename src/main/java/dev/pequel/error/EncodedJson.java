package dev.pequel.error;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;

/** A JSON document as an answer sends it, made by {@link JsonEncoder}: UTF-8, which nobody changes any more. */
public record EncodedJson(byte[] bytes) {

    /** The same as a part of a tree. */
    public RawValue raw() {
        return new RawValue(new String(bytes, StandardCharsets.UTF_8));
    }
}
