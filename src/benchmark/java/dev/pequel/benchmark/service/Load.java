package dev.pequel.benchmark.service;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Requests of one kind, of which each client chooses at random.
 *
 * @param paths to choose from
 * @param body of a POST; empty for a GET
 */
record Load(Measure measure, List<String> paths, Optional<String> body) {

    /**
     * Reading one row, listing a page, and creating a row.
     *
     * @param ids of the rows that there are
     */
    static List<Load> of(ComparedApplication application, List<String> ids) {
        return List.of(
                new Load(Measure.READ, ids.stream().map(application::row).toList(), Optional.empty()),
                new Load(
                        Measure.LIST,
                        IntStream.range(0, ComparedApplication.pages(ids.size()))
                                .mapToObj(application::page)
                                .toList(),
                        Optional.empty()),
                new Load(
                        Measure.CREATE,
                        List.of(application.collection()),
                        Optional.of(application.body("Customers in the United States"))));
    }
}
