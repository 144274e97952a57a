package dev.pequel.benchmark.service;

/**
 * The result of a run of {@code wrk}.
 *
 * @param rate requests a second
 * @param p99 the time within which 99 % of the responses came, with its unit
 * @param failed what {@code wrk} says of errors, or {@link #NONE_FAILED}
 */
record WrkResult(double rate, String p99, String failed) {

    static final String NONE_FAILED = "none";
}
