package dev.pequel.profile.importing;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;

/** Settings of imports that a test makes itself. */
record TestedImportSettings(int batchLines, int maxAttributes) implements ImportSettings {

    private static final MemorySize MEBIBYTE = new MemorySize(BigInteger.valueOf(1 << 20));

    @Override
    public int atATime() {
        return 1;
    }

    @Override
    public int allAtATime() {
        return 1;
    }

    @Override
    public MemorySize batchBytes() {
        return MEBIBYTE;
    }

    @Override
    public MemorySize maxLineBytes() {
        return MEBIBYTE;
    }

    @Override
    public int keptJobs() {
        return 1000;
    }

    @Override
    public int reportedErrors() {
        return 1000;
    }
}
