package dev.pequel.benchmark.service;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** An application in one packaging. Its name consists of both, as in {@code pequel-native}. */
record ServicePackage(ComparedApplication application, Packaging packaging) {

    static ServicePackage parse(String name) {
        String[] parts = name.toUpperCase(Locale.ROOT).split("-", 2);
        return new ServicePackage(ComparedApplication.valueOf(parts[0]), Packaging.valueOf(parts[1]));
    }

    String name() {
        return application.name().toLowerCase(Locale.ROOT) + "-" + packaging.label();
    }

    List<String> command() throws IOException {
        return packaging.command(application.target());
    }

    List<String> trainingCommand() throws IOException {
        return packaging.trainingCommand(application.target());
    }
}
