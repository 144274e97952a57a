package dev.pequel.nativeimage;

import io.quarkus.runtime.configuration.NameIterator;
import io.smallrye.config.PropertyName;

/** Whether a segment of a setting's name is one that the configuration knows at that place. */
final class MappedSegment {
    private MappedSegment() {}

    /**
     * The same as Quarkus' {@code PropertiesUtil.isMapped}, which looks for the segment's end, character by character, before
     * it compares the first one.
     */
    static boolean isMapped(NameIterator name, String mapped) {
        String text = name.getName();
        int start = name.getPosition() + 1;
        if (differs(text, start, mapped)) {
            return false;
        }
        int end = name.getNextEnd();
        int length = end == 0 ? text.length() : end - start;
        return PropertyName.equals(text, start, length, mapped, 0, mapped.length());
    }

    private static boolean differs(String text, int start, String mapped) {
        if (start >= text.length() || mapped.isEmpty()) {
            return false;
        }
        char first = text.charAt(start);
        char other = mapped.charAt(0);
        return first != other && first != '*' && other != '*';
    }
}
