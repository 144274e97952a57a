package dev.pequel.local;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Delays the start of the service until the database, which starts at the same time, accepts connections. */
@ApplicationScoped
class DatabaseAwaited {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final DataSource source;

    DatabaseAwaited(DataSource source) {
        this.source = source;
    }

    /** Returns after at most a minute. If the database is not available then, the migrations report the error. */
    void await(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent started)
            throws InterruptedException {
        for (long left = PATIENCE.dividedBy(PAUSE); left > 0 && !isThere(); left--) {
            Thread.sleep(PAUSE);
        }
    }

    private boolean isThere() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(Math.toIntExact(PATIENCE.toSeconds()));
        } catch (SQLException e) {
            return false;
        }
    }
}
