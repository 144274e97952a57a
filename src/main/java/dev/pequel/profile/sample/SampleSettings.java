package dev.pequel.profile.sample;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sample profiles that can be loaded at start. */
@ConfigMapping(prefix = "pequel.sample")
interface SampleSettings {

    /** Loads the sample profiles at start. */
    @WithDefault("false")
    boolean enabled();

    /** Number of sample profiles. There are five events per profile. */
    @WithDefault("10000")
    int profiles();

    /** Seed of the sample profiles. The same seed creates the same profiles. */
    @WithDefault("1")
    long seed();

    /** Organization of the sample profiles. */
    @WithDefault("dev@Pequel")
    String organization();

    /** Sandbox of the sample profiles. */
    @WithDefault("prod")
    String sandbox();
}
