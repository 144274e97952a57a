package dev.pequel.audience;

import dev.pequel.error.PreconditionFailed;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a request expects of the present version (RFC 9110, section 13). Entity tags are written as HTTP does, with quotes.
 *
 * <p>Reading and writing ask different things. Who writes expects a version, the audience's {@code _etag}. Who reads wants to
 * know whether the answer would be another, and that also says which audiences depend on this one; the tag in the header
 * {@code ETag} is therefore {@code "version"} or {@code "version+dependents"}, and both are good for writing.
 *
 * @param ifMatch the entity tags of the header {@code If-Match}, one of which must be the present one; empty without it
 * @param ifNoneMatch those of {@code If-None-Match}, none of which may be the present one; empty without it
 */
record Preconditions(Optional<List<String>> ifMatch, Optional<List<String>> ifNoneMatch) {

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    /** A tag, strong or weak, or what a client sent in its place, such as a tag without its quotes. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\"]*\"|[^,\\s]+");

    /** What {@link #entityTag} adds to a version. */
    private static final Pattern DEPENDENTS = Pattern.compile("\\+[0-9a-f]+(?=\"?$)");

    /** The preconditions of the two headers' values. */
    static Preconditions of(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        return new Preconditions(ifMatch.flatMap(Preconditions::tags), ifNoneMatch.flatMap(Preconditions::tags));
    }

    /** The tag of an audience's answer, of its version and the ids of those that depend on it. */
    static String entityTag(String version, List<String> dependents) {
        return dependents.isEmpty()
                ? version
                : version.substring(0, version.length() - 1) + "+" + Integer.toHexString(dependents.hashCode()) + "\"";
    }

    /** Whether the client, which reads, has the present answer already. Weak tags count, as the RFC says for reading. */
    boolean hasAlready(String entityTag) {
        return ifNoneMatch.isPresent() && isAmong(entityTag, ifNoneMatch.get(), true);
    }

    /**
     * @throws PreconditionFailed when the present version is not one that the client, which writes, expects
     */
    void requireForWriting(String version) {
        boolean isExpected = ifMatch.isEmpty() || isAmong(version, versions(ifMatch.get()), false);
        boolean isExcluded = ifNoneMatch.isPresent() && isAmong(version, versions(ifNoneMatch.get()), true);
        if (isExcluded || !isExpected) {
            throw new PreconditionFailed("The audience's entity tag is now " + version + ".");
        }
    }

    private static List<String> versions(List<String> tags) {
        return tags.stream()
                .map(tag -> DEPENDENTS.matcher(tag).replaceFirst(""))
                .toList();
    }

    private static boolean isAmong(String etag, List<String> tags, boolean weakly) {
        return tags.stream()
                .map(tag -> weakly && tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
                .anyMatch(tag -> tag.equals(ANY) || tag.equals(etag) || tag.equals(etag.replace("\"", "")));
    }

    private static Optional<List<String>> tags(String header) {
        List<String> tags =
                TAG.matcher(header).results().map(MatchResult::group).toList();
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
    }
}
