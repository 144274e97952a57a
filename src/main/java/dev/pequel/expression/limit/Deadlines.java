package dev.pequel.expression.limit;

import dev.pequel.http.ClientConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates the deadlines of evaluations that requests wait for. */
@ApplicationScoped
public class Deadlines {

    private final Clock clock;
    private final ClientConnection client;
    private final Duration allowed;

    Deadlines(
            Clock clock,
            ClientConnection client,
            @ConfigProperty(name = "pequel.segmentation.evaluation-timeout") Duration allowed) {
        this.clock = clock;
        this.client = client;
        this.allowed = allowed;
    }

    /** Creates a deadline for the current request, starting now. */
    public Deadline start() {
        return Deadline.in(clock, allowed, client.closed());
    }
}
