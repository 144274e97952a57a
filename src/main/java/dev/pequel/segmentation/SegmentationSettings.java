package dev.pequel.segmentation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Evaluation of audiences, segment jobs and memberships. */
@ConfigMapping(prefix = "pequel.segmentation")
interface SegmentationSettings {

    /** Threads that evaluate audiences; without it one for each processor. */
    OptionalInt threads();

    /**
     * So long the metrics of an expression that looks at the clock ({@code now}, {@code today}, {@code this month} ...) are
     * reused while neither profiles nor expression change. All others are reused until something changes.
     */
    @WithDefault("1m")
    Duration timeDependentAge();

    /** Audiences whose memberships are read from or written to the database together. */
    @WithDefault("100")
    int batch();
}
