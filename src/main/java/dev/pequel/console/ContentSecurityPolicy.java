package dev.pequel.console;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content security policy of the console (CSP level 3). It allows the files of this service, the inline import map
 * of the page, and connections to this service and to the token provider. Scripts cannot turn text into HTML.
 */
final class ContentSecurityPolicy {

    private static final Pattern INLINE_SCRIPT = Pattern.compile("(?s)<script type=\"importmap\">(.*?)</script>");

    private ContentSecurityPolicy() {}

    /** @throws ConfigurationException when the address of the token provider is malformed */
    static String of(String page, SignIn signIn) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' " + hash(page),
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'"
                        + (signIn instanceof SignIn.Provider provider ? " " + origin(provider.issuer()) : ""),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html");
    }

    private static String hash(String page) {
        Matcher script = INLINE_SCRIPT.matcher(page);
        if (!script.find()) {
            throw new IllegalArgumentException("the page has no import map");
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    private static String origin(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null) {
                return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            }
        } catch (URISyntaxException malformed) {
            // Refused below, like an address without a host.
        }
        throw new ConfigurationException(
                "The console needs the address of the token provider as a URL with http or https"
                        + " (pequel.console.issuer, or else quarkus.oidc.auth-server-url), but it is " + address + ".");
    }
}
