package dev.pequel.expression;

import dev.pequel.error.ClientConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long evaluations may take that requests wait for. */
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

    /** That of the current request, which begins to evaluate now. */
    public Deadline start() {
        return Deadline.in(clock, allowed, client.closed());
    }
}
