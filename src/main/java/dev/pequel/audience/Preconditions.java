package dev.pequel.audience;

import dev.pequel.error.PreconditionFailed;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a request expects of the present version (RFC 9110, section 13). Entity tags are written as HTTP does, with quotes.
 *
 * @param ifMatch the entity tags of the header {@code If-Match}, one of which must be the present one; empty without it
 * @param ifNoneMatch those of {@code If-None-Match}, none of which may be the present one; empty without it
 */
record Preconditions(Optional<List<String>> ifMatch, Optional<List<String>> ifNoneMatch) {

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    /** A tag, strong or weak, or what a client sent in its place, such as a tag without its quotes. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\"]*\"|[^,\\s]+");

    /** The preconditions of the two headers' values. */
    static Preconditions of(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        return new Preconditions(ifMatch.flatMap(Preconditions::tags), ifNoneMatch.flatMap(Preconditions::tags));
    }

    /** Whether the client, which reads, has the present version already. Weak tags count, as the RFC says for reading. */
    boolean hasAlready(String etag) {
        return ifNoneMatch.isPresent() && isAmong(etag, ifNoneMatch.get(), true);
    }

    /**
     * @throws PreconditionFailed when the present version is not one that the client, which writes, expects
     */
    void requireForWriting(String etag) {
        if (hasAlready(etag) || !isExpected(etag)) {
            throw new PreconditionFailed("The audience's entity tag is now " + etag + ".");
        }
    }

    private boolean isExpected(String etag) {
        return ifMatch.isEmpty() || isAmong(etag, ifMatch.get(), false);
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
