package dev.pequel.benchmark.service;

/** What is compared with the bare application, and the bound of the ratio. */
enum Measure {
    START("start", " ms", true, 2.0),
    MEMORY("memory after the start", " MiB", true, 1.6),
    READ("read one", "/s", false, 0.35),
    LIST("list 20", "/s", false, 0.25),
    CREATE("create", "/s", false, 0.15);

    private final String label;
    private final String unit;
    private final boolean cost;
    private final double bound;

    /**
     * @param cost whether less is better
     * @param bound of Pequel's value divided by the bare application's: the maximum of a cost, otherwise the minimum
     */
    Measure(String label, String unit, boolean cost, double bound) {
        this.label = label;
        this.unit = unit;
        this.cost = cost;
        this.bound = bound;
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    boolean isCost() {
        return cost;
    }

    double bound() {
        return bound;
    }
}
