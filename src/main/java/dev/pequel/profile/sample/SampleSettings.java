package dev.pequel.profile.sample;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The invented population that can be loaded at start. */
@ConfigMapping(prefix = "pequel.sample")
interface SampleSettings {

    /** Whether to load it; on in dev mode and tests, off in production. */
    @WithDefault("false")
    boolean enabled();

    /** Number of profiles. There are five events per profile. */
    @WithDefault("10000")
    int profiles();

    /** Decides the population; the same seed gives the same people. */
    @WithDefault("1")
    long seed();

    /** The organization that gets it. */
    @WithDefault("dev@Pequel")
    String organization();

    /** The sandbox that gets it. */
    @WithDefault("prod")
    String sandbox();
}
