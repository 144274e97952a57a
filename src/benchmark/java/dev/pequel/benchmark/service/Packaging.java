package dev.pequel.benchmark.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways in which an application is packaged and started. */
enum Packaging {
    /** A native executable. */
    NATIVE {
        @Override
        List<String> command(Path target) throws IOException {
            try (var files = Files.list(target)) {
                return files.map(Path::toString)
                        .filter(file -> file.endsWith("-runner"))
                        .findFirst()
                        .map(List::of)
                        .orElseThrow(() -> new IOException("no native executable in " + target));
            }
        }
    },

    /** A JVM. */
    JVM {
        @Override
        List<String> command(Path target) {
            return java(target);
        }
    },

    /** A JVM with a cache of the classes that a training run loaded. */
    CACHE {
        @Override
        List<String> command(Path target) {
            return java(target, "-XX:AOTCache=" + cache(target));
        }

        @Override
        List<String> trainingCommand(Path target) {
            return java(target, "-XX:AOTCacheOutput=" + cache(target));
        }

        private static Path cache(Path target) {
            return target.resolve("benchmark.aot");
        }
    };

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param target the build directory of the application */
    abstract List<String> command(Path target) throws IOException;

    /** The command for the first start, which prepares the others. */
    List<String> trainingCommand(Path target) throws IOException {
        return command(target);
    }

    private static List<String> java(Path target, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-jar");
        command.add(target.resolve("quarkus-app/quarkus-run.jar").toString());
        return command;
    }
}
