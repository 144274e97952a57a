package dev.pequel.http.request;

import dev.pequel.problem.PreconditionFailed;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The preconditions of a request: its headers {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13).
 * Entity tags are written as in HTTP, with quotes.
 *
 * <p>Reads and writes compare different tags. A write expects a version of the resource. A response may also depend on
 * other resources that refer to it. The tag in the header {@code ETag} is therefore {@code "version"} or
 * {@code "version+dependents"}, and a write accepts both.
 *
 * @param ifMatch the entity tags of {@code If-Match}, one of which must be the current tag; empty without the header
 * @param ifNoneMatch the entity tags of {@code If-None-Match}, none of which may be the current tag; empty without
 *     the header
 */
public record Preconditions(Optional<List<String>> ifMatch, Optional<List<String>> ifNoneMatch) {

    /** No preconditions: every version is accepted. */
    public static final Preconditions NONE = new Preconditions(Optional.empty(), Optional.empty());

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    /** A strong or weak tag, or another word, such as a tag without quotes. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[^\"]*\"|[^,\\s]+");

    /** The suffix that {@link #entityTag} adds to a version. */
    private static final Pattern DEPENDENTS = Pattern.compile("\\+[0-9a-f]+(?=\"?$)");

    /** Reads the preconditions from the headers of a request. */
    public static Preconditions of(HttpHeaders headers) {
        return new Preconditions(
                tags(headers.getHeaderString(HttpHeaders.IF_MATCH)),
                tags(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)));
    }

    /** Returns the entity tag of a response, from the resource's version and the ids of its dependents. */
    public static String entityTag(String version, List<String> dependents) {
        return dependents.isEmpty()
                ? version
                : version.substring(0, version.length() - 1) + "+" + Integer.toHexString(dependents.hashCode()) + "\"";
    }

    /** Whether a reading client has the current response already. Weak tags match, as RFC 9110 requires for reads. */
    public boolean hasAlready(String entityTag) {
        return ifNoneMatch.isPresent() && isAmong(entityTag, ifNoneMatch.get(), true);
    }

    /**
     * Checks the preconditions of a write. Weak tags match only in {@code If-None-Match}.
     *
     * @throws PreconditionFailed when the current version is not among the expected ones, or is an excluded one
     */
    public void requireForWriting(String version) {
        boolean isExpected = ifMatch.isEmpty() || isAmong(version, versions(ifMatch.get()), false);
        boolean isExcluded = ifNoneMatch.isPresent() && isAmong(version, versions(ifNoneMatch.get()), true);
        if (isExcluded || !isExpected) {
            throw new PreconditionFailed("The entity tag is now " + version + ".");
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
        return Optional.ofNullable(header)
                .map(tags -> TAG.matcher(tags).results().map(MatchResult::group).toList())
                .filter(tags -> !tags.isEmpty());
    }
}
