package dev.pequel.compatibility;

import java.util.List;

/** Lists the operations that the hosted service documents and Pequel lacks. */
final class UnsupportedOperations {

    /** @param path the path below {@code /data/core/ups}, with {@code {ID}} for a parameter */
    record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static final List<Operation> ALL = List.of(
            new Operation("GET", "/search/namespaces"),
            new Operation("GET", "/search/entities"),
            new Operation("GET", "/search/taxonomy"),
            new Operation("POST", "/config/mergePolicies"),
            new Operation("PUT", "/config/mergePolicies/{ID}"),
            new Operation("PATCH", "/config/mergePolicies/{ID}"),
            new Operation("DELETE", "/config/mergePolicies/{ID}"),
            new Operation("GET", "/previewsamplestatus/report/dataset/overlap"),
            new Operation("GET", "/previewsamplestatus/report/namespace/overlap"),
            new Operation("GET", "/previewsamplestatus/report/unknownProfiles"),
            new Operation("GET", "/system/jobs"),
            new Operation("POST", "/system/jobs"),
            new Operation("GET", "/system/jobs/{ID}"),
            new Operation("DELETE", "/system/jobs/{ID}"),
            new Operation("GET", "/config/destinations"),
            new Operation("POST", "/config/destinations"),
            new Operation("GET", "/config/destinations/{ID}"),
            new Operation("PUT", "/config/destinations/{ID}"),
            new Operation("DELETE", "/config/destinations/{ID}"),
            new Operation("GET", "/config/projections"),
            new Operation("POST", "/config/projections"));

    private UnsupportedOperations() {}
}
