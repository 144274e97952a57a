package dev.pequel.testing;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clock of a running {@code pequel-local}. Expressions, timestamps, expiry and schedules follow it. */
public final class PequelClock {

    private static final String PATH = "/_pequel/clock";
    private static final Pattern NOW = Pattern.compile("\"now\"\\s*:\\s*\"([^\"]+)\"");

    private final Pequel pequel;

    PequelClock(Pequel pequel) {
        this.pequel = pequel;
    }

    /** Returns the time that the clock shows. */
    public Instant now() {
        String response = pequel.send("GET", PATH, BodyPublishers.noBody());
        Matcher now = NOW.matcher(response);
        if (!now.find()) {
            throw new IllegalStateException("GET " + PATH + " returned no time: " + response);
        }
        return Instant.parse(now.group(1));
    }

    /** Sets the clock to a time between the years 1970 and 9000, and stops it. */
    public void set(Instant now) {
        put("{\"now\": \"" + now + "\"}");
    }

    /** Stops the clock at the time that it shows. */
    public void stop() {
        put("{\"running\": false}");
    }

    /** Lets the clock run from the time that it shows. */
    public void run() {
        put("{\"running\": true}");
    }

    /** Lets the clock follow the system's clock. */
    public void useSystemTime() {
        pequel.send("DELETE", PATH, BodyPublishers.noBody());
    }

    private void put(String body) {
        pequel.send("PUT", PATH, BodyPublishers.ofString(body));
    }
}
