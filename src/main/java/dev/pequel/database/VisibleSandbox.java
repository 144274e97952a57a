package dev.pequel.database;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** The sandbox whose entities Hibernate may read for the current thread. */
@ApplicationScoped
@Unremovable
public class VisibleSandbox implements Supplier<Integer> {

    private final SandboxScope rows;

    VisibleSandbox(SandboxScope rows) {
        this.rows = rows;
    }

    /** @throws IllegalStateException where no single sandbox is visible, so that no statement reads across sandboxes */
    @Override
    public Integer get() {
        return rows.sandbox()
                .orElseThrow(() -> new IllegalStateException("no single sandbox is visible to this thread"));
    }
}
